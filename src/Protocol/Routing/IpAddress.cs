using System;
using System.Buffers.Binary;
using System.Net;

namespace Warren.Protocol.Routing;

/// <summary>An IPv4 or IPv6 address as a value: 128 bits and a family, no allocation. The default value is
/// 0.0.0.0.</summary>
/// <remarks>An IPv4 address keeps its 32 bits in the low end of <see cref="Bits"/>. A zone is not part of it (see
/// <see cref="Endpoint"/>). Two words, not a UInt128: code that touches a type with such a field is never compiled ahead of time, and
/// its alignment of 16 makes everything that holds an address larger (docs/adr/0013).</remarks>
public readonly record struct IpAddress : IComparable<IpAddress>
{
    internal IpAddress(ulong high, ulong low, bool isIPv6) => (High, Low, IsIPv6) = (high, low, isIPv6);

    /// <summary>The address in host order: 32 significant bits for IPv4, 128 for IPv6.</summary>
    public UInt128 Bits => new(High, Low);

    /// <summary>The upper 64 of <see cref="Bits"/>; 0 for IPv4.</summary>
    public ulong High { get; }

    /// <summary>The lower 64 of <see cref="Bits"/>.</summary>
    public ulong Low { get; }

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 { get; }

    /// <summary>32 or 128.</summary>
    public int BitLength => IsIPv6 ? 128 : 32;

    /// <summary>True for 0.0.0.0 and ::.</summary>
    public bool IsUnspecified => (High | Low) == 0;

    /// <summary>An IPv4 address from its 32 bits in host order.</summary>
    public static IpAddress V4(uint bits) => new(0, bits, false);

    /// <summary>An IPv6 address from its 128 bits in host order.</summary>
    public static IpAddress V6(UInt128 bits) => new((ulong)(bits >> 64), (ulong)bits, true);

    /// <summary>Reads 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">The length is neither 4 nor 16.</exception>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => V4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), true),
        _ => throw new ArgumentException("an address has 4 or 16 bytes", nameof(bytes)),
    };

    /// <summary>The same address without its zone.</summary>
    public static IpAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return FromBytes(bytes[..length]);
    }

    /// <summary>Writes 4 or 16 bytes in network order and returns how many.</summary>
    public int Write(Span<byte> destination)
    {
        if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, High);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Low);
        return 4;
    }

    /// <summary>The platform's object for the same address.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..Write(bytes)]);
    }

    /// <summary>Whether both are the same address of one family. Written out, as it is asked for every packet.</summary>
    public bool Equals(IpAddress other) => Low == other.Low && High == other.High && IsIPv6 == other.IsIPv6;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(High, Low, IsIPv6);

    /// <inheritdoc/>
    public int CompareTo(IpAddress other)
    {
        if (IsIPv6 != other.IsIPv6)
            return IsIPv6.CompareTo(other.IsIPv6);
        return High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);
    }

    /// <summary>The usual text: dotted quad, or RFC 5952 as inet_ntop prints it.</summary>
    public override string ToString() => AddressText.Format(this);

    /// <summary>Reads strict text (four decimal parts for IPv4, as inet_pton; no zone); false when it is no
    /// address.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        if (text.Contains(':'))
        {
            var isIPv6 = AddressText.TryParseV6(text, out var high, out var end);
            address = isIPv6 ? new(high, end, true) : default;
            return isIPv6;
        }

        var isIPv4 = AddressText.TryParseV4(text, out var low);
        address = V4(low);
        return isIPv4;
    }

    /// <summary>Whether the left address sorts first (IPv4 before IPv6).</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left address sorts last.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left address sorts first or is the same.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left address sorts last or is the same.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
}
