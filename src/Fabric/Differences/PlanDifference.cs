using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Fabric.Plans;

namespace Warren.Fabric.Differences;

/// <summary>What changes in a node's Linux from one plan to another.</summary>
public static class PlanDifference
{
    /// <summary>A line that is new ("+"), gone ("-"), under its heading.</summary>
    /// <param name="Heading">"links", "device wg", "services" and so on.</param>
    /// <param name="IsNew">Whether it is new.</param>
    /// <param name="Text">The line.</param>
    public readonly record struct Line(string Heading, bool IsNew, string Text);

    /// <summary>The lines that differ, in the order of the plans. Null stands for a node that is not there.</summary>
    public static IReadOnlyList<Line> Between(NodePlan? before, NodePlan? after)
    {
        var old = Lines(before);
        var young = Lines(after);
        var lines = new List<Line>();
        foreach (var heading in old.Keys.Union(young.Keys))
        {
            var was = old.GetValueOrDefault(heading, []);
            var becomes = young.GetValueOrDefault(heading, []);
            var gone = was.Except(becomes).ToList();
            var added = becomes.Except(was).ToList();
            lines.AddRange(gone.Select(line => new Line(heading, false, line)));
            lines.AddRange(added.Select(line => new Line(heading, true, line)));
        }

        return lines;
    }

    private static Dictionary<string, IReadOnlyList<string>> Lines(NodePlan? plan) =>
        plan is null ? [] : PlanText.Sections(plan).ToDictionary(section => section.Heading, section => section.Lines, StringComparer.Ordinal);
}
