using System;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>Addresses of one family from one to another, both included: what a set of the kernel holds as an interval.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
public readonly record struct AddressRange(IpAddress From, IpAddress To)
{
    /// <summary>Every address of a family.</summary>
    public static AddressRange All(bool isIPv6) => Of(new IpPrefix(isIPv6 ? IpAddress.V6(0) : IpAddress.V4(0), 0));

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 => From.IsIPv6;

    /// <summary>The addresses of a prefix.</summary>
    public static AddressRange Of(IpPrefix prefix)
    {
        var host = prefix.IsIPv6
            ? prefix.Length == 0 ? UInt128.MaxValue : (UInt128.One << (128 - prefix.Length)) - 1
            : (UInt128.One << (32 - prefix.Length)) - 1;
        return new(prefix.Address, Make(prefix.Address.Bits | host, prefix.IsIPv6));
    }

    /// <summary>Whether an address is in it.</summary>
    public bool Contains(IpAddress address) => address.IsIPv6 == IsIPv6 && address >= From && address <= To;

    /// <summary>Whether both have an address in common.</summary>
    public bool Overlaps(AddressRange other) => other.IsIPv6 == IsIPv6 && From <= other.To && other.From <= To;

    /// <summary>The address that follows, which must exist.</summary>
    internal static IpAddress After(IpAddress address) => Make(address.Bits + 1, address.IsIPv6);

    /// <summary>The address before, which must exist.</summary>
    internal static IpAddress Before(IpAddress address) => Make(address.Bits - 1, address.IsIPv6);

    /// <summary>"10.0.0.0-10.0.0.255", a prefix where it is one, or one address.</summary>
    public override string ToString()
    {
        if (From == To)
            return From.ToString();
        var size = To.Bits - From.Bits + 1;
        if (size == 0)
            return $"{From}/0";
        if (UInt128.IsPow2(size) && (From.Bits & (size - 1)) == 0)
            return $"{From}/{From.BitLength - (int)UInt128.Log2(size)}";
        return $"{From}-{To}";
    }

    private static IpAddress Make(UInt128 bits, bool isIPv6) => isIPv6 ? IpAddress.V6(bits) : IpAddress.V4((uint)bits);
}
