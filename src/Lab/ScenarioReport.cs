using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Warren.Lab;

/// <summary>A table of what a scenario expected and what it saw.</summary>
public sealed class ScenarioReport
{
    private readonly List<ScenarioRow> rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ScenarioRow> Rows => rows;

    /// <summary>True when there is a row and every row saw what it expected.</summary>
    public bool AllAsExpected => rows.Count > 0 && rows.All(r => r.AsExpected);

    /// <summary>Adds a row and returns it.</summary>
    public ScenarioRow Add(string what, string expected, string seen, bool asExpected)
    {
        rows.Add(new ScenarioRow(what, expected, seen, asExpected));
        return rows[^1];
    }

    /// <summary>Adds a row that is as expected when both texts are equal.</summary>
    public ScenarioRow Add(string what, string expected, string seen) => Add(what, expected, seen, expected == seen);

    /// <summary>Writes the table in plain columns; with <paramref name="colour"/> the verdicts are green or red.</summary>
    public void Write(TextWriter writer, bool colour)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var what = Width(r => r.What, "what");
        var expected = Width(r => r.Expected, "expected");
        var seen = Width(r => r.Seen, "seen");
        writer.WriteLine($"  {"what".PadRight(what)}  {"expected".PadRight(expected)}  seen");
        writer.WriteLine($"  {new string('-', what)}  {new string('-', expected)}  {new string('-', seen)}");
        foreach (var row in rows)
        {
            var verdict = row.AsExpected ? "ok" : "DIFFERENT";
            if (colour) verdict = $"\e[{(row.AsExpected ? 32 : 31)}m{verdict}\e[0m";
            writer.WriteLine($"  {row.What.PadRight(what)}  {row.Expected.PadRight(expected)}  {row.Seen.PadRight(seen)}  {verdict}");
        }
    }

    private int Width(Func<ScenarioRow, string> column, string title) => rows.Select(r => column(r).Length).Append(title.Length).Max();
}
