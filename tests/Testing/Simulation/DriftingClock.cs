using System;
using Warren.Protocol;

namespace Warren.Testing.Simulation;

/// <summary>One node's clocks: a monotonic one that runs a little fast or slow, and a wall clock that jumps.</summary>
public sealed class DriftingClock
{
    private const long UnixStart = 1_750_000_000;

    private readonly VirtualTime _time;
    private readonly double _rate;
    private readonly long _origin;
    private TimeSpan _wallError;
    private TimeSpan _greatestWall;

    public DriftingClock(VirtualTime time, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _time = time;
        _rate = 1 + (random.NextDouble() - 0.5) * 1e-3; // ±500 ppm: worse than any crystal
        _origin = random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromDays(300)).Ticks;
    }

    /// <summary>Monotonic time.</summary>
    public Instant Now => AtTrueTime(_time.Now.Ticks);

    /// <summary>Wall-clock time as an initiation carries it.</summary>
    public Tai64N Wall
    {
        get
        {
            var wall = WallSinceStart;
            _greatestWall = wall > _greatestWall ? wall : _greatestWall;
            var (seconds, ticks) = Math.DivRem(wall.Ticks, TimeSpan.TicksPerSecond);
            return Tai64N.FromUnix(UnixStart + seconds, (int)ticks * 100);
        }
    }

    private TimeSpan WallSinceStart => TimeSpan.FromDays(1_000) + (Now - new Instant(_origin)) + _wallError;

    /// <summary>Somebody, or NTP, moves the wall clock.</summary>
    public void StepWall(TimeSpan by) => _wallError += by;

    /// <summary>The wall clock is put right: never earlier than it ever showed, as §5.1 of the paper must
    /// assume.</summary>
    public void SetWallRight()
    {
        _wallError = TimeSpan.Zero;
        if (WallSinceStart <= _greatestWall)
            _wallError = _greatestWall - WallSinceStart + TimeSpan.FromSeconds(1);
    }

    /// <summary>The first true time at which <see cref="Now"/> is not before <paramref name="local"/>.</summary>
    public Instant TrueTimeOf(Instant local)
    {
        if (local == Instant.Never)
            return Instant.Never;
        var ticks = (long)((local.Ticks - _origin) / _rate) - 1;
        while (AtTrueTime(ticks) < local)
            ticks++;
        return new Instant(ticks);
    }

    private Instant AtTrueTime(long ticks) => new(_origin + (long)(ticks * _rate));
}
