using System;
using System.Buffers.Binary;
using System.Net;

namespace Warren.Protocol.Routing;

/// <summary>An IPv4 or IPv6 address as a value: 128 bits and a family, no allocation. The default value is
/// 0.0.0.0.</summary>
/// <remarks>An IPv4 address keeps its 32 bits in the low end of <see cref="Bits"/>. A zone is not part of it (see
/// <see cref="Endpoint"/>).</remarks>
public readonly record struct IpAddress : IComparable<IpAddress>
{
    private IpAddress(UInt128 bits, bool isIPv6) => (Bits, IsIPv6) = (bits, isIPv6);

    /// <summary>The address in host order: 32 significant bits for IPv4, 128 for IPv6.</summary>
    public UInt128 Bits { get; }

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 { get; }

    /// <summary>32 or 128.</summary>
    public int BitLength => IsIPv6 ? 128 : 32;

    /// <summary>True for 0.0.0.0 and ::.</summary>
    public bool IsUnspecified => Bits == 0;

    /// <summary>An IPv4 address from its 32 bits in host order.</summary>
    public static IpAddress V4(uint bits) => new(bits, false);

    /// <summary>An IPv6 address from its 128 bits in host order.</summary>
    public static IpAddress V6(UInt128 bits) => new(bits, true);

    /// <summary>Reads 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">The length is neither 4 nor 16.</exception>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => V4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => V6(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
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
            BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Bits);
        return 4;
    }

    /// <summary>The platform's object for the same address.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..Write(bytes)]);
    }

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) =>
        IsIPv6 == other.IsIPv6 ? Bits.CompareTo(other.Bits) : IsIPv6.CompareTo(other.IsIPv6);

    /// <summary>The usual text: dotted quad, or RFC 5952 as inet_ntop prints it.</summary>
    public override string ToString() => AddressText.Format(this);

    /// <summary>Reads strict text (four decimal parts for IPv4, as inet_pton; no zone); false when it is no
    /// address.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        if (text.Contains(':'))
        {
            var isIPv6 = AddressText.TryParseV6(text, out var bits);
            address = isIPv6 ? V6(bits) : default;
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
