using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>A route as the kernel has it, or the answer to "which way would a packet go".</summary>
public sealed record RouteState : RouteSpec
{
    /// <summary>How far its destination is (RT_SCOPE_*).</summary>
    public byte Scope { get; init; }

    /// <summary>The ways of a multipath route; else empty.</summary>
    public IReadOnlyList<RouteNextHop> NextHops { get; init; } = [];

    /// <summary>Reads RTM_NEWROUTE or RTM_DELROUTE; null when it is not one, or of another family.</summary>
    internal static RouteState? Parse(ReadOnlySpan<byte> payload)
    {
        if (!NetlinkMessage.TrySplit(payload, out rtmsg header, out AttributeReader attributes)) return null;
        if (header.rtm_family is not (SysSocket.AF_INET or SysSocket.AF_INET6)) return null;
        var route = new RouteState
        {
            Destination = new byte[header.rtm_family == SysSocket.AF_INET ? 4 : 16],
            PrefixLength = header.rtm_dst_len,
            Table = header.rtm_table,
            Type = (RouteType)header.rtm_type,
            Protocol = header.rtm_protocol,
            Scope = header.rtm_scope,
        };
        while (attributes.Next())
        {
            route = attributes.Type switch
            {
                LinuxRtnetlink.RTA_DST when attributes.Payload.Length == route.Destination.Length =>
                    route with { Destination = attributes.Payload.ToArray() },
                LinuxRtnetlink.RTA_TABLE => route with { Table = attributes.UInt32() },
                LinuxRtnetlink.RTA_OIF => route with { LinkIndex = (int)attributes.UInt32() },
                LinuxRtnetlink.RTA_GATEWAY => route with { Gateway = attributes.Payload.ToArray() },
                LinuxRtnetlink.RTA_PREFSRC => route with { Source = attributes.Payload.ToArray() },
                LinuxRtnetlink.RTA_PRIORITY => route with { Metric = attributes.UInt32() },
                LinuxRtnetlink.RTA_METRICS => route with { Mtu = ParseMtu(attributes.Nested()) },
                LinuxRtnetlink.RTA_MULTIPATH => route with { NextHops = ParseNextHops(attributes.Payload) },
                _ => route,
            };
        }

        return route;
    }

    private static uint? ParseMtu(AttributeReader metrics)
    {
        uint? mtu = null;
        while (metrics.Next())
        {
            if (metrics.Type == LinuxRtnetlink.RTAX_MTU) mtu = metrics.UInt32();
        }

        return mtu;
    }

    private static List<RouteNextHop> ParseNextHops(ReadOnlySpan<byte> hops)
    {
        var parsed = new List<RouteNextHop>();
        while (hops.Length >= 8)
        {
            rtnexthop hop = MemoryMarshal.Read<rtnexthop>(hops);
            if (hop.rtnh_len < 8 || hop.rtnh_len > hops.Length) break;
            byte[]? gateway = null;
            var attributes = new AttributeReader(hops[8..hop.rtnh_len]);
            while (attributes.Next())
            {
                if (attributes.Type == LinuxRtnetlink.RTA_GATEWAY) gateway = attributes.Payload.ToArray();
            }

            parsed.Add(new RouteNextHop(hop.rtnh_ifindex, gateway));
            hops = hops[Math.Min((hop.rtnh_len + 3) & ~3, hops.Length)..];
        }

        return parsed;
    }
}
