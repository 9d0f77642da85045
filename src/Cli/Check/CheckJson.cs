using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Cli.Check;

/// <summary>A report as JSON, for other programs.</summary>
internal static class CheckJson
{
    internal static void Write(TextWriter output, IReadOnlyList<CheckedFile> files, CheckReport report)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("files", files.Count);
            writer.WriteNumber("interfaces", report.Tunnels);
            writer.WriteNumber("hosts", report.Hosts);
            writer.WriteNumber("networks", report.Networks);
            writer.WriteNumber("errors", report.Remarks.Count(remark => remark.Finding.Severity == Severity.Error));
            writer.WriteNumber("warnings", report.Remarks.Count(remark => remark.Finding.Severity == Severity.Warning));
            writer.WriteStartArray("findings");
            foreach (var remark in report.Remarks)
            {
                writer.WriteStartObject();
                writer.WriteString("rule", remark.Finding.Rule);
                writer.WriteString("severity", Finding.Word(remark.Finding.Severity));
                Place(writer, remark.Finding.Position);
                writer.WriteString("message", remark.Finding.Message);
                if (remark.Finding.Fix is { } fix)
                    writer.WriteString("fix", fix);
                writer.WriteBoolean("fixable", remark.Edit is not null && remark.Finding.Severity > Severity.Info);
                if (remark.Finding.Other.IsKnown)
                {
                    writer.WriteStartObject("other");
                    Place(writer, remark.Finding.Other);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(bytes.ToArray()));
        output.Write('\n');
    }

    private static void Place(Utf8JsonWriter writer, SourcePosition position)
    {
        writer.WriteString("file", position.Source?.Name);
        writer.WriteNumber("line", position.Line);
        writer.WriteNumber("column", position.Column);
    }
}
