using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Config;
using Warren.Config.Language;

namespace Warren.Cli.Configuration;

/// <summary>Findings for people, and as JSON.</summary>
internal static class FindingPrinter
{
    /// <summary>A finding per paragraph: place, severity and message; the line it is about; the fix.</summary>
    internal static void Write(TextWriter output, IReadOnlyList<Finding> findings, bool colours)
    {
        foreach (var finding in findings)
        {
            var (on, off) = colours ? (finding.Severity switch { Severity.Error => "\u001b[1;31m", Severity.Warning => "\u001b[1;33m", _ => "\u001b[1;36m" }, "\u001b[0m") : ("", "");
            output.Write($"{finding.Position}: {on}{Finding.Word(finding.Severity)}{off}: {finding.Message} [{finding.Rule}]\n");
            if (finding.Position.Source is { } source && source.Line(finding.Position.Line).Trim() is { Length: > 0 } line)
                output.Write($"    {WithoutSecrets(line.ToString())}\n");
            if (finding.Other.IsKnown)
                output.Write($"    see also {finding.Other}\n");
            if (finding.Fix is { } fix)
                output.Write($"    fix: {fix}\n");
        }
    }

    /// <summary>"2 errors, 1 warning", or "no errors, no warnings".</summary>
    internal static string Summary(IReadOnlyList<Finding> findings)
    {
        var errors = findings.Count(f => f.Severity == Severity.Error);
        var warnings = findings.Count(f => f.Severity == Severity.Warning);
        return $"{Count(errors, "error")}, {Count(warnings, "warning")}";
    }

    /// <summary>An object that says whether all is well, and the findings.</summary>
    internal static void WriteReport(TextWriter output, IReadOnlyList<Finding> findings)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("valid", findings.All(finding => finding.Severity != Severity.Error));
            writer.WritePropertyName("findings");
            WriteJson(writer, findings);
            writer.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    /// <summary>An array of objects.</summary>
    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartArray();
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("severity", Finding.Word(finding.Severity));
            writer.WriteString("message", finding.Message);
            WritePosition(writer, "", finding.Position);
            WritePosition(writer, "other-", finding.Other);
            if (finding.Path is { } path)
                writer.WriteString("path", path.ToString());
            if (finding.Router is { } router)
                writer.WriteString("router", router);
            if (finding.Fix is { } fix)
                writer.WriteString("fix", fix);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter writer, string prefix, SourcePosition position)
    {
        if (!position.IsKnown)
            return;
        writer.WriteString(prefix + "file", position.Source?.Name);
        writer.WriteNumber(prefix + "line", position.Line);
        writer.WriteNumber(prefix + "column", position.Column);
    }

    // What looks like a key is not shown unless it is said to be a public one: a secret may stand in a wrong place, or after a wrong word.
    private static string WithoutSecrets(string line)
    {
        if (line.StartsWith("public-key", StringComparison.Ordinal))
            return line;
        var words = line.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Length >= 32 && words[i].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='))
                words[i] = ConfigReader.Mask;
        }

        return string.Join(' ', words);
    }

    private static string Count(int number, string what) => number == 0 ? $"no {what}s" : $"{number} {what}{(number == 1 ? "" : "s")}";
}
