using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

/// <summary>Generators of addresses and prefixes: anything, or crowded together so that they nest and part at every
/// bit.</summary>
internal static class RoutingGenerators
{
    internal static Gen<IpAddress> Addresses { get; } =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from words in Gen.Choose(int.MinValue, int.MaxValue).Two()
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from isIPv6 in Gen.Choose(0, 1)
        select isIPv6 == 0
            ? IpAddress.V4((uint)high)
            : IpAddress.V6(new UInt128((ulong)(uint)high << 32 | (uint)words.Item1, (ulong)(uint)words.Item2 << 32 | (uint)low));

    internal static Gen<IpPrefix> AnyPrefixes { get; } =
        from address in Addresses
        from length in Gen.Choose(0, address.BitLength)
        select new IpPrefix(address, length);

    /// <summary>Addresses with at most four bits that differ, anywhere in the address, the 64-bit boundary
    /// included.</summary>
    internal static Gen<IpAddress> CrowdedAddresses { get; } =
        from isIPv6 in Gen.Choose(0, 1)
        from bits in Gen.Elements(0, 1, 15, 30, 31, 62, 63, 64, 65, 126, 127).ListOf(4)
        select Crowded(isIPv6 == 1, bits);

    internal static Gen<IpPrefix> CrowdedPrefixes { get; } =
        from address in CrowdedAddresses
        from length in Gen.OneOf(
            Gen.Elements(0, 1, 2, 16, 30, 31, 32, 63, 64, 65, 66, 126, 127, 128), Gen.Choose(0, 128))
        select new IpPrefix(address, Math.Min(length, address.BitLength));

    private static IpAddress Crowded(bool isIPv6, IEnumerable<int> bits)
    {
        UInt128 value = 0;
        foreach (var bit in bits)
            value |= UInt128.One << (isIPv6 ? 127 - bit : 31 - (bit & 31));
        return isIPv6 ? IpAddress.V6(value) : IpAddress.V4((uint)value);
    }
}
