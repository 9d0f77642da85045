using System;

namespace Warren.Bench.Throughput.Load;

/// <summary>Says how many datagrams are due, so that a rate is kept in bursts of 100 µs at most. Pure: time is an argument.</summary>
/// <remarks>A sender that was kept from running catches up for 1 ms only: what it missed before is not sent in one go, and the rate offered is less.</remarks>
internal sealed class Pace
{
    private static readonly TimeSpan LongestBurst = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromMilliseconds(1);

    private readonly double _perTick;
    private readonly double _backlog;
    private double _owedSince;
    private long _sent;

    /// <summary>Keeps a rate from <paramref name="now"/> on.</summary>
    /// <param name="perSecond">Datagrams a second, above 0; infinity: as fast as it goes.</param>
    /// <param name="batch">Datagrams at most at once, 1 or more.</param>
    /// <param name="now">The present, in units of 100 ns.</param>
    public Pace(double perSecond, int batch, long now)
    {
        _perTick = perSecond / TimeSpan.TicksPerSecond;
        Burst = (int)Math.Clamp(_perTick * LongestBurst.Ticks, 1, batch);
        _backlog = Math.Max(_perTick * LongestBacklog.Ticks, Burst);
        _owedSince = now;
    }

    /// <summary>Datagrams of one burst at most.</summary>
    public int Burst { get; }

    /// <summary>How many are to be sent now, at most <see cref="Burst"/>; they count as sent.</summary>
    public int Take(long now)
    {
        if (double.IsPositiveInfinity(_perTick)) return Burst;
        var due = ((now - _owedSince) * _perTick) - _sent;
        if (due > _backlog)
        {
            _owedSince += (due - _backlog) / _perTick;
            due = _backlog;
        }

        var taken = (int)Math.Min(due, Burst);
        _sent += taken;
        return taken;
    }

    /// <summary>How long until the next one is due, in units of 100 ns; 0 or less: now.</summary>
    public long Wait(long now) => (long)Math.Ceiling(_owedSince + ((_sent + 1) / _perTick) - now);
}
