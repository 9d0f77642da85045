using System;
using System.Collections.Generic;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <content>Links: `ip link`.</content>
public sealed partial class RouteNetlink
{
    /// <summary>All links of the namespace.</summary>
    public IReadOnlyList<LinkState> Links()
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, LinuxRtnetlink.RTM_GETLINK, 0, default(ifinfomsg));
        return Parsed(_kernel.Dump(ref request, "list links"), LinuxRtnetlink.RTM_NEWLINK,
            payload => LinkState.Parse(payload), _ => true);
    }

    /// <summary>The link of that name, or null; a name of 16 characters or more never exists.</summary>
    public LinkState? FindLink(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) >= NetIf.IFNAMSIZ) return null;
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, LinuxRtnetlink.RTM_GETLINK, 0, default(ifinfomsg));
        request.Attributes.AddText(LinuxIfLink.IFLA_IFNAME, name);
        return FindLink(ref request, $"find link {name}");
    }

    /// <summary>The link of that index, or null.</summary>
    public LinkState? FindLink(int index)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(
            buffer, LinuxRtnetlink.RTM_GETLINK, 0, new ifinfomsg { ifi_index = index });
        return FindLink(ref request, $"find link {index}");
    }

    /// <summary>Makes a link, down.</summary>
    /// <param name="name">At most 15 characters.</param>
    /// <param name="kind">"wireguard", "bridge", "dummy", …</param>
    /// <exception cref="LinuxException">EEXIST: the name is taken; EOPNOTSUPP: the kernel has no such kind; EPERM.</exception>
    public void AddLink(string name, string kind)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        NetlinkRequest request = NewLink(buffer, name);
        int information = request.Attributes.Begin(LinuxIfLink.IFLA_LINKINFO);
        request.Attributes.AddText(LinuxIfLink.IFLA_INFO_KIND, kind);
        request.Attributes.End(information);
        _kernel.Execute(ref request, $"add link {name} of kind {kind}");
    }

    /// <summary>Makes a pair of virtual Ethernet links, both down: what enters one leaves the other.</summary>
    /// <param name="name">The one here.</param>
    /// <param name="peerName">The other.</param>
    /// <param name="peerNamespaceFd">Descriptor of the network namespace that the other is made in, or null: this one.</param>
    /// <param name="peerNamespacePid">A process in that namespace, instead of a descriptor.</param>
    /// <exception cref="LinuxException">EEXIST: a name is taken.</exception>
    public void AddVeth(string name, string peerName, int? peerNamespaceFd = null, int? peerNamespacePid = null)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        NetlinkRequest request = NewLink(buffer, name);
        int information = request.Attributes.Begin(LinuxIfLink.IFLA_LINKINFO);
        request.Attributes.AddText(LinuxIfLink.IFLA_INFO_KIND, "veth");
        int data = request.Attributes.Begin(LinuxIfLink.IFLA_INFO_DATA);
        int peer = request.Attributes.Begin(LinuxIfLink.VETH_INFO_PEER);
        request.Attributes.AddStructure(default(ifinfomsg));
        request.Attributes.AddText(LinuxIfLink.IFLA_IFNAME, CheckedName(peerName));
        if (peerNamespaceFd is { } fd) request.Attributes.AddUInt32(LinuxIfLink.IFLA_NET_NS_FD, (uint)fd);
        if (peerNamespacePid is { } pid) request.Attributes.AddUInt32(LinuxIfLink.IFLA_NET_NS_PID, (uint)pid);
        request.Attributes.End(peer);
        request.Attributes.End(data);
        request.Attributes.End(information);
        _kernel.Execute(ref request, $"add veth pair {name} and {peerName}");
    }

    /// <summary>Removes a link, and with it its addresses and routes.</summary>
    /// <exception cref="LinuxException">ENODEV: no such link.</exception>
    public void DeleteLink(string name)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, LinuxRtnetlink.RTM_DELLINK, 0, default(ifinfomsg));
        request.Attributes.AddText(LinuxIfLink.IFLA_IFNAME, CheckedName(name));
        _kernel.Execute(ref request, $"delete link {name}");
    }

    /// <summary>Changes a link; what is null stays.</summary>
    /// <param name="name">Which.</param>
    /// <param name="up">Up or down.</param>
    /// <param name="mtu">Largest packet in bytes.</param>
    /// <param name="txQueueLength">How many packets may wait to be sent.</param>
    /// <param name="namespaceFd">Descriptor of the network namespace to move it to (it goes down there).</param>
    /// <param name="namespacePid">A process in that namespace, instead of a descriptor.</param>
    /// <param name="masterIndex">Index of the bridge it joins; 0: it leaves.</param>
    /// <param name="addrGenModeNone">True: no link-local IPv6 address is made.</param>
    /// <param name="newName">Another name.</param>
    /// <exception cref="LinuxException">ENODEV: no such link; EINVAL with the kernel's text; EBUSY: renamed while up.</exception>
    public void SetLink(
        string name, bool? up = null, int? mtu = null, int? txQueueLength = null, int? namespaceFd = null,
        int? namespacePid = null, int? masterIndex = null, bool addrGenModeNone = false, string? newName = null)
    {
        string operation = $"change link {name}";
        ifinfomsg header = default;
        if (up is { } state)
        {
            header.ifi_change = NetIf.IFF_UP;
            header.ifi_flags = state ? NetIf.IFF_UP : 0u;
        }

        if (newName is not null)
            header.ifi_index = FindLink(name)?.Index ?? throw new LinuxException(Errno.ENODEV, operation);

        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, LinuxRtnetlink.RTM_NEWLINK, 0, header);
        request.Attributes.AddText(LinuxIfLink.IFLA_IFNAME, CheckedName(newName ?? name));
        if (mtu is { } bytes) request.Attributes.AddUInt32(LinuxIfLink.IFLA_MTU, (uint)bytes);
        if (txQueueLength is { } length) request.Attributes.AddUInt32(LinuxIfLink.IFLA_TXQLEN, (uint)length);
        if (masterIndex is { } master) request.Attributes.AddUInt32(LinuxIfLink.IFLA_MASTER, (uint)master);
        if (namespaceFd is { } fd) request.Attributes.AddUInt32(LinuxIfLink.IFLA_NET_NS_FD, (uint)fd);
        if (namespacePid is { } pid) request.Attributes.AddUInt32(LinuxIfLink.IFLA_NET_NS_PID, (uint)pid);
        if (addrGenModeNone)
        {
            int families = request.Attributes.Begin(LinuxIfLink.IFLA_AF_SPEC);
            int family = request.Attributes.Begin(SysSocket.AF_INET6);
            request.Attributes.AddByte(LinuxIfLink.IFLA_INET6_ADDR_GEN_MODE, LinuxIfLink.IN6_ADDR_GEN_MODE_NONE);
            request.Attributes.End(family);
            request.Attributes.End(families);
        }

        _kernel.Execute(ref request, operation);
    }

    private static NetlinkRequest NewLink(Span<byte> buffer, string name)
    {
        var request = NetlinkRequest.Create(
            buffer, LinuxRtnetlink.RTM_NEWLINK, LinuxNetlink.NLM_F_CREATE | LinuxNetlink.NLM_F_EXCL, default(ifinfomsg));
        request.Attributes.AddText(LinuxIfLink.IFLA_IFNAME, CheckedName(name));
        return request;
    }

    private static string CheckedName(string name) => Encoding.UTF8.GetByteCount(name) < NetIf.IFNAMSIZ
        ? name
        : throw new LinuxException(Errno.ENAMETOOLONG, $"name a link {name}");

    private LinkState? FindLink(ref NetlinkRequest request, string operation)
    {
        try
        {
            List<LinkState> found = Parsed(_kernel.Execute(ref request, operation), LinuxRtnetlink.RTM_NEWLINK,
                payload => LinkState.Parse(payload), _ => true);
            return found.Count > 0 ? found[0] : throw new LinuxException(Errno.EPROTO, operation);
        }
        catch (LinuxException error) when (error.Errno == Errno.ENODEV)
        {
            return null;
        }
    }
}
