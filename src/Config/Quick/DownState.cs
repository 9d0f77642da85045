using System.Collections.Generic;

namespace Warren.Config.Quick;

/// <summary>What of a tunnel there is to take down, read from the host.</summary>
public sealed record DownState
{
    /// <summary>The device's mark; 0 when it has none.</summary>
    public uint FwMark { get; init; }

    /// <summary>Whether a peer is allowed all of a family.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The host's IPv4 rules.</summary>
    public IReadOnlyList<PolicyRule> Rules4 { get; init; } = [];

    /// <summary>The host's IPv6 rules.</summary>
    public IReadOnlyList<PolicyRule> Rules6 { get; init; } = [];

    /// <summary>The nftables families that hold this tunnel's table.</summary>
    public IReadOnlyList<string> FirewallFamilies { get; init; } = [];
}
