using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Warren.Bench.Throughput;

/// <summary>The table of a run: medians with the least and the most, and Warren's as a multiple of each other engine's.</summary>
internal static class ReportTable
{
    public static void Write(TextWriter output, BenchOptions options, IReadOnlyList<Contender> contenders, Samples samples)
    {
        var own = contenders[0];
        var others = contenders.Skip(1).Where(contender => !contender.IsCable).ToArray();
        var rows = new List<string[]> { Header(contenders, others) };
        foreach (var figure in Figure.All)
        {
            if (contenders.All(contender => samples.Of(contender, figure).Count == 0))
                continue;
            rows.Add([figure.Title, .. contenders.Select(contender => Cell(samples.Of(contender, figure), figure.Digits)),
                .. others.Select(other => Ratio(samples, own, other, figure))]);
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        output.WriteLine($"{(options.Rounds == 1 ? "one round" : $"medians of {options.Rounds} rounds (least to most)")}{(options.Quick ? ", too short for its figures to mean anything" : "")}{(options.MtuSized ? ", MTU-sized packets on the cable" : "")}");
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string[] Header(IReadOnlyList<Contender> contenders, Contender[] others) =>
        ["", .. contenders.Select(contender => contender.Name), .. others.Select(other => others.Length == 1 ? "ratio" : $"/ {other.Name}")];

    private static string Cell(IReadOnlyList<double> values, int digits) => Samples.Median(values) is not { } median
        ? "-"
        : values.Count == 1 ? Number(median, digits) : $"{Number(median, digits)} ({Number(values.Min(), digits)} to {Number(values.Max(), digits)})";

    private static string Ratio(Samples samples, Contender own, Contender other, Figure figure) =>
        Samples.Median(samples.Of(own, figure)) is { } mine && Samples.Median(samples.Of(other, figure)) is { } theirs && theirs > 0
            ? (mine / theirs).ToString("0.00", CultureInfo.InvariantCulture)
            : "-";

    private static string Number(double value, int digits) => value.ToString("N" + digits, CultureInfo.InvariantCulture);
}
