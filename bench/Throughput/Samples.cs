using System.Collections.Generic;
using System.Linq;

namespace Warren.Bench.Throughput;

/// <summary>What the rounds gave.</summary>
internal sealed class Samples
{
    private readonly Dictionary<(string Contender, string Figure), List<double>> _values = [];

    public void Add(Contender contender, Figure figure, double value)
    {
        if (!_values.TryGetValue((contender.Name, figure.Key), out var values))
            _values.Add((contender.Name, figure.Key), values = []);
        values.Add(value);
    }

    /// <summary>In the order of the rounds; empty when it was not measured.</summary>
    public IReadOnlyList<double> Of(Contender contender, Figure figure) => _values.GetValueOrDefault((contender.Name, figure.Key)) ?? [];

    /// <summary>The middle one, or the mean of the two in the middle; null when there are none.</summary>
    public static double? Median(IReadOnlyList<double> values) => values.Count == 0 ? null : Quantile(values, 0.5);

    /// <summary>The value below which a share of all lie, between neighbours in proportion.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var at = share * (sorted.Length - 1);
        var low = sorted[(int)at];
        return low + ((at - (int)at) * (sorted[System.Math.Min((int)at + 1, sorted.Length - 1)] - low));
    }
}
