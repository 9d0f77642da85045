using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>Hears of changes to links, addresses and routes in the network namespace of the thread that made it.</summary>
/// <remarks>Readable for a poller when something happened; then <see cref="TryRead"/> until it says false. One thread at a time.</remarks>
public sealed class LinkMonitor : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly Queue<LinkChange> _pending = new();

    /// <summary>Starts to listen.</summary>
    public LinkMonitor(LinkMonitorTopics topics = LinkMonitorTopics.All) =>
        _socket = new NetlinkSocket(LinuxNetlink.NETLINK_ROUTE, Groups(topics), nonblocking: true);

    /// <summary>What to give to a poller; owned by this object.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>The next event; false: nothing more has happened.</summary>
    public bool TryRead(out LinkChange change)
    {
        while (!_pending.TryDequeue(out change!))
        {
            try
            {
                if (!_socket.TryReceive(out ReadOnlySpan<byte> datagram)) return false;
                while (NetlinkMessage.TryTake(ref datagram, out NetlinkMessage message)) Enqueue(message);
            }
            catch (LinuxException error) when (error.Errno == Errno.ENOBUFS)
            {
                _pending.Enqueue(new LinkChange(LinkChangeKind.Lost));
            }
        }

        return true;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _socket.Dispose();

    private static uint Groups(LinkMonitorTopics topics) =>
        ((topics & LinkMonitorTopics.Links) != 0 ? LinuxRtnetlink.RTMGRP_LINK : 0)
        | ((topics & LinkMonitorTopics.Addresses) != 0 ? LinuxRtnetlink.RTMGRP_IPV4_IFADDR | LinuxRtnetlink.RTMGRP_IPV6_IFADDR : 0)
        | ((topics & LinkMonitorTopics.Routes) != 0 ? LinuxRtnetlink.RTMGRP_IPV4_ROUTE | LinuxRtnetlink.RTMGRP_IPV6_ROUTE : 0);

    private void Enqueue(NetlinkMessage message)
    {
        LinkChange? change = message.Header.nlmsg_type switch
        {
            LinuxRtnetlink.RTM_NEWLINK => new LinkChange(LinkChangeKind.LinkChanged, Link: LinkState.Parse(message.Payload)),
            LinuxRtnetlink.RTM_DELLINK => new LinkChange(LinkChangeKind.LinkRemoved, Link: LinkState.Parse(message.Payload)),
            LinuxRtnetlink.RTM_NEWADDR => new LinkChange(LinkChangeKind.AddressAdded, Address: AddressState.Parse(message.Payload)),
            LinuxRtnetlink.RTM_DELADDR => new LinkChange(LinkChangeKind.AddressRemoved, Address: AddressState.Parse(message.Payload)),
            LinuxRtnetlink.RTM_NEWROUTE => new LinkChange(LinkChangeKind.RouteAdded, Route: RouteState.Parse(message.Payload)),
            LinuxRtnetlink.RTM_DELROUTE => new LinkChange(LinkChangeKind.RouteRemoved, Route: RouteState.Parse(message.Payload)),
            _ => null,
        };

        // A route of a family that is not ours (multicast) parses to nothing.
        if (change is { Link: not null } or { Address: not null } or { Route: not null }) _pending.Enqueue(change);
    }
}
