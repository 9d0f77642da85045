using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>An address of an interface.</summary>
public sealed record AddressState
{
    /// <summary>Whose it is.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>4 or 16 bytes.</summary>
    public required byte[] Address { get; init; }

    /// <summary>How many leading bits name the network that is reached directly.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The other end of a point-to-point link, or null.</summary>
    public byte[]? Peer { get; init; }

    /// <summary>How far it is valid: 0 everywhere, 253 on the link (fe80::), 254 on the host (127.0.0.1).</summary>
    public byte Scope { get; init; }

    /// <summary>The IFA_F_* bits of linux/if_addr.h.</summary>
    public uint Flags { get; init; }

    /// <summary>Reads RTM_NEWADDR or RTM_DELADDR; null when it is not one.</summary>
    internal static AddressState? Parse(ReadOnlySpan<byte> payload)
    {
        if (!NetlinkMessage.TrySplit(payload, out ifaddrmsg header, out AttributeReader attributes)) return null;
        byte[]? address = null, local = null;
        uint flags = header.ifa_flags;
        while (attributes.Next())
        {
            switch (attributes.Type)
            {
                case LinuxIfAddr.IFA_ADDRESS: address = attributes.Payload.ToArray(); break;
                case LinuxIfAddr.IFA_LOCAL: local = attributes.Payload.ToArray(); break;
                case LinuxIfAddr.IFA_FLAGS: flags = attributes.UInt32(); break;
            }
        }

        if ((local ?? address) is not { } own) return null;

        // IFA_ADDRESS is the far end where IFA_LOCAL says something else (comment in linux/if_addr.h).
        bool hasPeer = local is not null && address is not null && !local.AsSpan().SequenceEqual(address);
        return new AddressState
        {
            LinkIndex = (int)header.ifa_index,
            Address = own,
            PrefixLength = header.ifa_prefixlen,
            Peer = hasPeer ? address : null,
            Scope = header.ifa_scope,
            Flags = flags,
        };
    }
}
