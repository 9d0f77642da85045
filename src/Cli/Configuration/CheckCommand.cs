using System.Collections.Generic;
using System.Linq;
using Warren.Cli.Wg;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Validation;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config check</c>: every finding.</summary>
internal static class CheckCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return ConfigVerb.Usage(invocation, "check needs a FILE");
        var isFragment = arguments.Has("--fragment");
        var files = ConfigFiles.Read(invocation, arguments.Words, isFragment ? ReadMode.Fragment : ReadMode.Whole);
        IReadOnlyList<Finding> findings = files.Findings;

        // What cannot be read would only be missed by the rules, and a fragment is no whole.
        if (!isFragment && !files.HasErrors)
            findings = [.. findings, .. Assessment.Of(files.Authored).Findings];
        var hasErrors = findings.Any(f => f.Severity == Severity.Error);
        if (arguments.Has("--json"))
        {
            FindingPrinter.WriteReport(invocation.Output, findings);
            return hasErrors ? 1 : 0;
        }

        FindingPrinter.Write(invocation.Output, findings, Palette.Of(invocation).Reset.Length > 0);
        invocation.Output.Write(findings.Count == 0
            ? $"✔ {string.Join(' ', arguments.Words)}: nothing to say\n"
            : $"{(hasErrors ? "✖" : "✔")} {string.Join(' ', arguments.Words)}: {FindingPrinter.Summary(findings)}\n");
        return hasErrors ? 1 : 0;
    }
}
