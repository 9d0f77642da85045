using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>A route to add, replace or delete.</summary>
public record RouteSpec
{
    /// <summary>The main table, where routes without one go.</summary>
    public const uint MainTable = LinuxRtnetlink.RT_TABLE_MAIN;

    /// <summary>Destination network: 4 or 16 bytes, which also say the family; host bits zero.</summary>
    public required byte[] Destination { get; init; }

    /// <summary>Its length in bits; 0: the default route.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>Which table; default the main one.</summary>
    public uint Table { get; init; } = MainTable;

    /// <summary>What it does; a deletion with <see cref="RouteType.Any"/> matches any.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>Next hop, or null: directly on the link.</summary>
    public byte[]? Gateway { get; init; }

    /// <summary>Index of the interface to leave by, or 0: found by the gateway.</summary>
    public int LinkIndex { get; init; }

    /// <summary>Local address that the host's own packets take, or null: the kernel's choice.</summary>
    public byte[]? Source { get; init; }

    /// <summary>Preference among routes to one destination, the lowest first; null: 0 for IPv4, 1024 for IPv6.</summary>
    public uint? Metric { get; init; }

    /// <summary>Largest packet on this route in bytes, or null: the link's.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Who made it (RTPROT_*); default 3, "boot", as iproute2 says for routes made by hand.</summary>
    public byte Protocol { get; init; } = LinuxRtnetlink.RTPROT_BOOT;

    /// <summary>Whether it is an IPv6 route.</summary>
    public bool IsIPv6 => Destination.Length == 16;
}
