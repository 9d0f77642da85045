using System;
using System.Collections.Generic;
using System.Net;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <content>Routes: `ip route`.</content>
public sealed partial class RouteNetlink
{
    /// <summary>The routes of a family in a table.</summary>
    /// <param name="ipv6">Which family.</param>
    /// <param name="table">Which table; 0: all. A table that does not exist is empty.</param>
    public IReadOnlyList<RouteState> Routes(bool ipv6, uint table = 0)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(
            buffer, LinuxRtnetlink.RTM_GETROUTE, 0, new rtmsg { rtm_family = Family(ipv6) });
        if (table != 0) request.Attributes.AddUInt32(LinuxRtnetlink.RTA_TABLE, table);
        try
        {
            return Parsed(_kernel.Dump(ref request, "list routes"), LinuxRtnetlink.RTM_NEWROUTE,
                payload => RouteState.Parse(payload), route => table == 0 || route.Table == table);
        }
        catch (LinuxException error) when (error.Errno == Errno.ENOENT && table != 0)
        {
            return []; // inet_dump_fib: "FIB table does not exist"
        }
    }

    /// <summary>Adds a route.</summary>
    /// <exception cref="LinuxException">EEXIST: there is one with that destination and metric; ENETUNREACH: no way to the gateway; ENODEV.</exception>
    public void AddRoute(RouteSpec route) =>
        ChangeRoute(LinuxRtnetlink.RTM_NEWROUTE, LinuxNetlink.NLM_F_CREATE | LinuxNetlink.NLM_F_EXCL, route, "add");

    /// <summary>Adds a route, or takes the place of the one with that destination and metric.</summary>
    public void ReplaceRoute(RouteSpec route) =>
        ChangeRoute(LinuxRtnetlink.RTM_NEWROUTE, LinuxNetlink.NLM_F_CREATE | LinuxNetlink.NLM_F_REPLACE, route, "replace");

    /// <summary>Removes the first route that has everything the given one says.</summary>
    /// <exception cref="LinuxException">ESRCH: there is none.</exception>
    public void DeleteRoute(RouteSpec route) => ChangeRoute(LinuxRtnetlink.RTM_DELROUTE, 0, route, "delete");

    /// <summary>Which way a packet of this host to <paramref name="destination"/> would go: `ip route get … mark …`.</summary>
    /// <param name="destination">4 or 16 bytes.</param>
    /// <param name="mark">The packet's mark, or 0.</param>
    /// <returns>The route, its link, gateway, source address and the path's MTU where one is known; null: there is none.</returns>
    public RouteState? GetRoute(byte[] destination, uint mark = 0)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, LinuxRtnetlink.RTM_GETROUTE, 0, new rtmsg
        {
            rtm_family = Family(destination),
            rtm_dst_len = (byte)(destination.Length * 8),

            // IPv4 names the table only when asked; IPv6 always does, and refuses the question (inet6_rtm_valid_getroute_req).
            rtm_flags = destination.Length == 4 ? LinuxRtnetlink.RTM_F_LOOKUP_TABLE : 0,
        });
        request.Attributes.Add(LinuxRtnetlink.RTA_DST, destination);
        if (mark != 0) request.Attributes.AddUInt32(LinuxRtnetlink.RTA_MARK, mark);
        string operation = $"find the route to {new IPAddress(destination)}";
        try
        {
            List<RouteState> found = Parsed(_kernel.Execute(ref request, operation), LinuxRtnetlink.RTM_NEWROUTE,
                payload => RouteState.Parse(payload), _ => true);
            return found.Count > 0 ? found[0] : throw new LinuxException(Errno.EPROTO, operation);
        }
        catch (LinuxException error) when (IsNoWay(error))
        {
            return null;
        }
    }

    /// <summary>No route; or one that is unreachable, prohibited (EACCES) or a blackhole (EINVAL, without the text of a bad request).</summary>
    private static bool IsNoWay(LinuxException error) => error.Errno
        is Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EACCES || error is { Errno: Errno.EINVAL, Detail: null };

    private void ChangeRoute(ushort type, ushort flags, RouteSpec route, string verb)
    {
        bool isDeletion = type == LinuxRtnetlink.RTM_DELROUTE;
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, type, flags, new rtmsg
        {
            rtm_family = Family(route.Destination),
            rtm_dst_len = (byte)route.PrefixLength,
            rtm_table = (byte)(route.Table < 256 ? route.Table : LinuxRtnetlink.RT_TABLE_COMPAT),
            rtm_protocol = isDeletion ? (byte)0 : route.Protocol,
            rtm_scope = Scope(route, isDeletion),
            rtm_type = (byte)route.Type,
        });
        if (route.PrefixLength > 0) request.Attributes.Add(LinuxRtnetlink.RTA_DST, route.Destination);
        request.Attributes.AddUInt32(LinuxRtnetlink.RTA_TABLE, route.Table);
        if (route.Gateway is { } gateway) request.Attributes.Add(LinuxRtnetlink.RTA_GATEWAY, gateway);
        if (route.LinkIndex != 0) request.Attributes.AddUInt32(LinuxRtnetlink.RTA_OIF, (uint)route.LinkIndex);
        if (route.Source is { } source) request.Attributes.Add(LinuxRtnetlink.RTA_PREFSRC, source);
        if (route.Metric is { } metric) request.Attributes.AddUInt32(LinuxRtnetlink.RTA_PRIORITY, metric);
        if (route.Mtu is { } mtu)
        {
            int metrics = request.Attributes.Begin(LinuxRtnetlink.RTA_METRICS);
            request.Attributes.AddUInt32(LinuxRtnetlink.RTAX_MTU, mtu);
            request.Attributes.End(metrics);
        }

        _kernel.Execute(ref request, $"{verb} route {Describe(route.Destination, route.PrefixLength)}");
    }

    /// <summary>As iproute2 says it: what is on the link has the link's scope, and IPv6 has none.</summary>
    private static byte Scope(RouteSpec route, bool isDeletion) => route switch
    {
        { IsIPv6: true } => LinuxRtnetlink.RT_SCOPE_UNIVERSE,
        { Type: RouteType.Local } => LinuxRtnetlink.RT_SCOPE_HOST,
        { Type: RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast } => LinuxRtnetlink.RT_SCOPE_LINK,
        { Type: RouteType.Unicast or RouteType.Any } when isDeletion => LinuxRtnetlink.RT_SCOPE_NOWHERE,
        { Type: RouteType.Unicast or RouteType.Any, Gateway: null } => LinuxRtnetlink.RT_SCOPE_LINK,
        _ => LinuxRtnetlink.RT_SCOPE_UNIVERSE,
    };
}
