using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <content>Addresses: `ip address`.</content>
public sealed partial class RouteNetlink
{
    /// <summary>The addresses of a link, or of all, both families.</summary>
    public IReadOnlyList<AddressState> Addresses(int? linkIndex = null)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(
            buffer, LinuxRtnetlink.RTM_GETADDR, 0, new ifaddrmsg { ifa_index = (uint)(linkIndex ?? 0) });
        try
        {
            // Filtered here too: a kernel without the strict option answers with all.
            return Parsed(_kernel.Dump(ref request, "list addresses"), LinuxRtnetlink.RTM_NEWADDR,
                payload => AddressState.Parse(payload), address => linkIndex is null || address.LinkIndex == linkIndex);
        }
        catch (LinuxException error) when (error.Errno == Errno.ENODEV && linkIndex is not null)
        {
            return [];
        }
    }

    /// <summary>Gives a link an address, and the route to its network.</summary>
    /// <param name="linkIndex">Whose it becomes.</param>
    /// <param name="address">4 or 16 bytes, host bits and all.</param>
    /// <param name="prefixLength">Bits of the network that is reached directly.</param>
    /// <param name="noDad">IPv6: usable at once, without asking whether another host has it.</param>
    /// <exception cref="LinuxException">EEXIST: it has it already; ENODEV: no such link; EACCES: IPv6 is disabled there.</exception>
    public void AddAddress(int linkIndex, byte[] address, int prefixLength, bool noDad = false)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        NetlinkRequest request = Address(buffer, LinuxRtnetlink.RTM_NEWADDR,
            LinuxNetlink.NLM_F_CREATE | LinuxNetlink.NLM_F_EXCL, linkIndex, address, prefixLength);
        if (noDad) request.Attributes.AddUInt32(LinuxIfAddr.IFA_FLAGS, LinuxIfAddr.IFA_F_NODAD);
        _kernel.Execute(ref request, $"add address {Describe(address, prefixLength)}");
    }

    /// <summary>Takes an address from a link.</summary>
    /// <exception cref="LinuxException">EADDRNOTAVAIL: it does not have it.</exception>
    public void DeleteAddress(int linkIndex, byte[] address, int prefixLength)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        NetlinkRequest request =
            Address(buffer, LinuxRtnetlink.RTM_DELADDR, 0, linkIndex, address, prefixLength);
        _kernel.Execute(ref request, $"delete address {Describe(address, prefixLength)}");
    }

    private static NetlinkRequest Address(
        Span<byte> buffer, ushort type, ushort flags, int linkIndex, byte[] address, int prefixLength)
    {
        var request = NetlinkRequest.Create(buffer, type, flags, new ifaddrmsg
        {
            ifa_family = Family(address), ifa_prefixlen = (byte)prefixLength, ifa_index = (uint)linkIndex,
            ifa_scope = address is [127, _, _, _] ? LinuxRtnetlink.RT_SCOPE_HOST : LinuxRtnetlink.RT_SCOPE_UNIVERSE,
        });
        request.Attributes.Add(LinuxIfAddr.IFA_LOCAL, address);
        request.Attributes.Add(LinuxIfAddr.IFA_ADDRESS, address);
        return request;
    }
}
