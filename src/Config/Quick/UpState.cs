using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Config.Quick;

/// <summary>What the routes of a tunnel depend on, read from the device that is up and the host.</summary>
public sealed record UpState
{
    /// <summary>Every peer's allowed IPs, as the device has them.</summary>
    public IReadOnlyList<IpPrefix> AllowedIps { get; init; } = [];

    /// <summary>The device's mark; 0 when it has none.</summary>
    public uint FwMark { get; init; }

    /// <summary>The interface's own addresses, in the kernel's order.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; init; } = [];

    /// <summary>Destinations that the main table routes into the interface already.</summary>
    public IReadOnlyList<IpPrefix> Routes { get; init; } = [];

    /// <summary>Tables that hold a route of either family.</summary>
    public IReadOnlySet<uint> UsedTables { get; init; } = new HashSet<uint>();

    /// <summary>net.ipv4.conf.all.src_valid_mark now; null when it cannot be read.</summary>
    public string? SrcValidMark { get; init; }
}
