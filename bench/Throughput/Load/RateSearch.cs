using System;

namespace Warren.Bench.Throughput.Load;

/// <summary>Finds the highest rate that a way carries at an accepted loss, in a bounded number of trials. Pure: what a trial gives is told to it.</summary>
/// <remarks>A flood first: what arrives of it is the order of magnitude, though a way that collapses under a flood carries more and one that is
/// rid of the flood's queues less. From there up or down by thirds until the answer lies between two trials, then bisected.</remarks>
internal sealed class RateSearch
{
    private const double Step = 4.0 / 3;

    // Between two trials on a shared machine lies more than this: nothing is to be found inside.
    private const double Resolution = 1.02;

    private readonly UdpLoadOptions _options;
    private double _carried;
    private double _lost = double.PositiveInfinity;
    private int _trials;
    private long _reordered;

    public RateSearch(UdpLoadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trials, 2);
        _options = options;
    }

    /// <summary>What to offer next, datagrams a second; infinity is the flood.</summary>
    public double Next { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether enough is known.</summary>
    public bool IsDone => _trials >= _options.Trials || _lost / _carried < Resolution;

    /// <summary>The highest rate received with the accepted loss; null when no trial had so little.</summary>
    public UdpRate? Best { get; private set; }

    /// <summary>Takes what the trial at <see cref="Next"/> gave.</summary>
    public void Record(UdpRate result)
    {
        _trials++;
        _reordered += result.Reordered;
        var carried = result.LossFraction <= _options.AcceptedLoss;
        if (carried && result.ReceivedPerSecond > (Best?.ReceivedPerSecond ?? 0)) Best = result;
        if (Best is not null) Best = Best with { Reordered = _reordered };

        if (double.IsPositiveInfinity(Next))
        {
            // A flood that all arrives is limited by the sender: the search goes up from there, as pacing may do better.
            Next = Math.Max(result.ReceivedPerSecond, 1);
            return;
        }

        if (carried) _carried = Math.Max(_carried, Next);
        else _lost = Math.Min(_lost, Next);

        // A rate that was lost once and a higher one carried: the machine was disturbed. The higher one counts.
        if (_lost <= _carried) _lost = double.PositiveInfinity;
        Next = _carried == 0 ? _lost / Step : double.IsPositiveInfinity(_lost) ? _carried * Step : Math.Sqrt(_carried * _lost);
    }
}
