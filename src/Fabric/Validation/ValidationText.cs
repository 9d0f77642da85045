using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Config;
using Warren.Config.Language;

namespace Warren.Fabric.Validation;

/// <summary>Findings as the router says them (facts A4): numbered, each with the way to its element; place and fix are ours.</summary>
public static class ValidationText
{
    /// <summary>The findings of one severity, numbered from 1.</summary>
    public static string Write(IEnumerable<Finding> findings, Severity severity)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var text = new StringBuilder();
        var number = 0;
        foreach (var finding in findings.Where(of => of.Severity == severity))
        {
            if (number > 0)
                text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"{++number}. {finding.Message}\n");
            if (finding.Router is { } router)
                text.Append(CultureInfo.InvariantCulture, $"   reported by router '{router}'\n");
            if (finding.Position.IsKnown)
                text.Append(CultureInfo.InvariantCulture, $"   at {finding.Position}{(finding.Other.IsKnown ? $", see also {finding.Other}" : "")}\n");
            if (finding.Fix is { } fix)
                text.Append(CultureInfo.InvariantCulture, $"   fix: {fix}\n");
            if (finding.Path is { } path)
                text.Append('\n').Append(path.ToIndentedText(4));
        }

        return text.ToString();
    }
}
