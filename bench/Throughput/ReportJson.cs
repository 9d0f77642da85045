using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Warren.Bench.Throughput;

/// <summary>A run as JSON: the machine, and every value of every figure of every contender.</summary>
internal static class ReportJson
{
    public static void Write(Stream output, BenchOptions options, IReadOnlyList<Contender> contenders, Samples samples, DateTimeOffset began, double? noise)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("began", began);
        json.WriteString("kernel", MachineFacts.Kernel);
        json.WriteString("processors", MachineFacts.Processors);
        json.WriteString("dotnet", Environment.Version.ToString());
        json.WriteNumber("rounds", options.Rounds);
        json.WriteNumber("stream_seconds", options.Stream.TotalSeconds);
        json.WriteBoolean("mtu_sized", options.MtuSized);
        json.WriteBoolean("quick", options.Quick);
        if (noise is { } share)
            json.WriteNumber("most_foreign_cpu_share", share);
        else
            json.WriteNull("most_foreign_cpu_share");
        json.WriteStartObject("contenders");
        foreach (var contender in contenders)
        {
            json.WriteStartObject(contender.Name);
            json.WriteString("command", string.Join(' ', contender.Command));
            json.WriteStartObject("figures");
            foreach (var figure in Figure.All)
            {
                var values = samples.Of(contender, figure);
                if (values.Count > 0)
                    Write(json, figure, values);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Figure figure, IReadOnlyList<double> values)
    {
        json.WriteStartObject(figure.Key);
        json.WriteBoolean("less_is_better", figure.LessIsBetter);
        json.WriteNumber("median", Samples.Quantile(values, 0.5));
        json.WriteNumber("least", values.Min());
        json.WriteNumber("most", values.Max());
        json.WriteStartArray("values");
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
