using System;

namespace Warren.Protocol;

/// <summary>A moment on a monotonic clock, in ticks of 100 ns since an origin of the caller's choice.</summary>
/// <remarks>Protocol never reads a clock: every call that depends on time takes an <see cref="Instant"/>.</remarks>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>Later than every moment: the deadline of something that is not waiting.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>The clock's origin.</summary>
    public static Instant Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The earlier of two moments.</summary>
    public static Instant Min(Instant left, Instant right) => left.Ticks <= right.Ticks ? left : right;

    /// <summary>A moment later by <paramref name="span"/>; saturates at <see cref="Never"/>.</summary>
    public static Instant operator +(Instant instant, TimeSpan span) =>
        instant.Ticks > long.MaxValue - Math.Max(0, span.Ticks) ? Never : new(instant.Ticks + span.Ticks);

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(Instant left, Instant right) => new(left.Ticks - right.Ticks);

    /// <summary>Whether the left moment is earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    /// <summary>Whether the left moment is later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    /// <summary>Whether the left moment is earlier or the same.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    /// <summary>Whether the left moment is later or the same.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <summary>Same as the operator, for languages without it.</summary>
    public static Instant Add(Instant left, TimeSpan right) => left + right;

    /// <summary>Same as the operator, for languages without it.</summary>
    public static TimeSpan Subtract(Instant left, Instant right) => left - right;
}
