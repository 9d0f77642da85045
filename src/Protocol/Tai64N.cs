using System;
using System.Buffers.Binary;

namespace Warren.Protocol;

/// <summary>A wall-clock moment as an initiation carries it (§5.4.2): a TAI64N label, 12 bytes, big-endian, so that the order
/// of the bytes is the order in time.</summary>
/// <param name="Seconds">The TAI64 label: 2⁶² + 10 at the Unix epoch.</param>
/// <param name="Nanoseconds">0 to 999,999,999.</param>
public readonly record struct Tai64N(ulong Seconds, uint Nanoseconds) : IComparable<Tai64N>
{
    /// <summary>Length on the wire, in bytes.</summary>
    public const int Size = 12;

    private const ulong UnixEpoch = 0x4000_0000_0000_000A;
    private const uint NanosecondsPerSecond = 1_000_000_000;

    // As wireguard-go and the kernel: about 17 ms of resolution, so that the label tells nobody of a precise clock.
    private const uint Whitener = 0x0100_0000;

    /// <summary>The label of a Unix time, whitened: the low 24 bits of the nanoseconds are cleared.</summary>
    public static Tai64N FromUnix(long seconds, int nanoseconds) =>
        new(unchecked(UnixEpoch + (ulong)seconds), (uint)nanoseconds & ~(Whitener - 1));

    /// <summary>Reads the first <see cref="Size"/> bytes.</summary>
    public static Tai64N Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt32BigEndian(source[8..]));

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Seconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Nanoseconds);
    }

    /// <summary>The least whitened label after this one.</summary>
    public Tai64N Next()
    {
        var nanoseconds = (Nanoseconds & ~(Whitener - 1)) + Whitener;
        return nanoseconds < NanosecondsPerSecond ? new(Seconds, nanoseconds) : new(Seconds + 1, 0);
    }

    /// <inheritdoc/>
    public int CompareTo(Tai64N other) =>
        Seconds == other.Seconds ? Nanoseconds.CompareTo(other.Nanoseconds) : Seconds.CompareTo(other.Seconds);

    /// <summary>Whether the left label is earlier.</summary>
    public static bool operator <(Tai64N left, Tai64N right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left label is later.</summary>
    public static bool operator >(Tai64N left, Tai64N right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left label is earlier or the same.</summary>
    public static bool operator <=(Tai64N left, Tai64N right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left label is later or the same.</summary>
    public static bool operator >=(Tai64N left, Tai64N right) => left.CompareTo(right) >= 0;
}
