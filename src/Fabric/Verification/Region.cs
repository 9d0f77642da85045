using System;
using System.Collections.Generic;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Verification;

/// <summary>Destinations of one protocol: a box of addresses and ports.</summary>
/// <param name="Addresses">The addresses.</param>
/// <param name="Protocol">The protocol, never any.</param>
/// <param name="FromPort">The first port.</param>
/// <param name="ToPort">The last port; 0 to 65535 where the protocol has none.</param>
internal readonly record struct Region(AddressRange Addresses, IpProtocol Protocol, ushort FromPort, ushort ToPort)
{
    /// <summary>Protocols that are looked at where none is said.</summary>
    public static IReadOnlyList<IpProtocol> Protocols { get; } = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, IpProtocol.Gre, IpProtocol.Esp, IpProtocol.Pim];

    /// <summary>What both have, or null.</summary>
    public Region? Intersect(AddressRange addresses, ushort fromPort, ushort toPort)
    {
        if (!Addresses.Overlaps(addresses) || fromPort > ToPort || FromPort > toPort)
            return null;
        return new Region(
            new AddressRange(Addresses.From > addresses.From ? Addresses.From : addresses.From, Addresses.To < addresses.To ? Addresses.To : addresses.To),
            Protocol, Math.Max(FromPort, fromPort), Math.Min(ToPort, toPort));
    }

    /// <summary>What is left of some regions without a piece that lies inside of them or beside them.</summary>
    public static List<Region> Without(List<Region> regions, Region piece)
    {
        var left = new List<Region>(regions.Count + 3);
        foreach (var region in regions)
        {
            if (region.Protocol != piece.Protocol || region.Intersect(piece.Addresses, piece.FromPort, piece.ToPort) is not { } common)
            {
                left.Add(region);
                continue;
            }

            if (region.Addresses.From < common.Addresses.From)
                left.Add(region with { Addresses = new AddressRange(region.Addresses.From, AddressRange.Before(common.Addresses.From)) });
            if (common.Addresses.To < region.Addresses.To)
                left.Add(region with { Addresses = new AddressRange(AddressRange.After(common.Addresses.To), region.Addresses.To) });
            if (region.FromPort < common.FromPort)
                left.Add(common with { FromPort = region.FromPort, ToPort = (ushort)(common.FromPort - 1) });
            if (common.ToPort < region.ToPort)
                left.Add(common with { FromPort = (ushort)(common.ToPort + 1), ToPort = region.ToPort });
        }

        return left;
    }

    /// <summary>The same addresses without some.</summary>
    public static List<Region> WithoutAddresses(List<Region> regions, IEnumerable<AddressRange> addresses)
    {
        foreach (var range in addresses)
        {
            foreach (var protocol in Protocols)
                regions = Without(regions, new Region(range, protocol, 0, ushort.MaxValue));
        }

        return regions;
    }

    /// <summary>One destination in it.</summary>
    public (IpAddress Address, ushort Port) Example() => (Addresses.From, IpProtocols.HasPorts(Protocol) ? FromPort == 0 && ToPort > 0 ? (ushort)1 : FromPort : (ushort)0);
}
