using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>A network interface as the kernel sees it.</summary>
public sealed record LinkState
{
    /// <summary>Its name, unique in its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Its index, unique in its namespace, which stays when it is renamed.</summary>
    public required int Index { get; init; }

    /// <summary>What it is made of, such as "wireguard", "veth", "tun"; null for hardware and the loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether an operator brought it up.</summary>
    public bool IsUp { get; init; }

    /// <summary>Whether it can carry packets now.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>How many packets may wait to be sent.</summary>
    public int TransmitQueueLength { get; init; }

    /// <summary>Index of the bridge or bond it belongs to, or 0.</summary>
    public int MasterIndex { get; init; }

    /// <summary>Its hardware address; empty for a tunnel.</summary>
    public byte[] HardwareAddress { get; init; } = [];

    /// <summary>Reads RTM_NEWLINK or RTM_DELLINK; null when it is not one.</summary>
    internal static LinkState? Parse(ReadOnlySpan<byte> payload)
    {
        if (!NetlinkMessage.TrySplit(payload, out ifinfomsg header, out AttributeReader attributes)) return null;

        // A port that leaves a bridge is told as RTM_DELLINK of AF_BRIDGE: the link itself stays.
        if (header.ifi_family != SysSocket.AF_UNSPEC) return null;
        var link = new LinkState
        {
            Name = "",
            Index = header.ifi_index,
            IsUp = (header.ifi_flags & NetIf.IFF_UP) != 0,
            IsRunning = (header.ifi_flags & NetIf.IFF_RUNNING) != 0,
        };
        while (attributes.Next())
        {
            link = attributes.Type switch
            {
                LinuxIfLink.IFLA_IFNAME => link with { Name = attributes.Text() },
                LinuxIfLink.IFLA_MTU => link with { Mtu = (int)attributes.UInt32() },
                LinuxIfLink.IFLA_TXQLEN => link with { TransmitQueueLength = (int)attributes.UInt32() },
                LinuxIfLink.IFLA_MASTER => link with { MasterIndex = (int)attributes.UInt32() },
                LinuxIfLink.IFLA_ADDRESS => link with { HardwareAddress = attributes.Payload.ToArray() },
                LinuxIfLink.IFLA_LINKINFO => link with { Kind = ParseKind(attributes.Nested()) },
                _ => link,
            };
        }

        return link;
    }

    private static string? ParseKind(AttributeReader attributes)
    {
        string? kind = null;
        while (attributes.Next())
        {
            if (attributes.Type == LinuxIfLink.IFLA_INFO_KIND) kind = attributes.Text();
        }

        return kind;
    }
}
