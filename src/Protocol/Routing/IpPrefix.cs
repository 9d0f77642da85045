using System;
using System.Globalization;

namespace Warren.Protocol.Routing;

/// <summary>An address and a prefix length, with no host bits set.</summary>
public readonly record struct IpPrefix
{
    /// <summary>Masks <paramref name="address"/> to <paramref name="length"/> bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not 0–32 for IPv4, 0–128 for IPv6.</exception>
    public IpPrefix(IpAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.BitLength);
        Address = address.IsIPv6
            ? new IpAddress(address.High & Mask(length), address.Low & Mask(length - 64), true)
            : IpAddress.V4((uint)(address.Low & Mask(32 + length)));
        Length = length;
    }

    /// <summary>The network address.</summary>
    public IpAddress Address { get; }

    /// <summary>0–32 or 0–128.</summary>
    public int Length { get; }

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 => Address.IsIPv6;

    /// <summary>Whether <paramref name="address"/> is of this family and inside.</summary>
    public bool Contains(IpAddress address) =>
        address.IsIPv6 == IsIPv6 && new IpPrefix(address, Length).Address == Address;

    /// <summary>Reads "address/length"; without a length the whole address. False when it is neither; host bits are
    /// cleared.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (!IpAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var length = address.BitLength;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)
            || length > address.BitLength))
            return false;
        prefix = new IpPrefix(address, length);
        return true;
    }

    /// <summary>"address/length".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    /// <summary>The first <paramref name="bits"/> of a word; none below 1, all from 64.</summary>
    internal static ulong Mask(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ~(ulong.MaxValue >> bits);
}
