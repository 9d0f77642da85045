namespace Warren.Linux.Netlink;

/// <summary>A policy rule to add or delete: which packets look up which routing table.</summary>
public record RuleSpec
{
    /// <summary>For IPv6 packets, or for IPv4 ones.</summary>
    public required bool IsIPv6 { get; init; }

    /// <summary>Order, the lowest first; null: one below the lowest but the local table's.</summary>
    public uint? Priority { get; init; }

    /// <summary>Matches packets that the rest does not (`not` of ip-rule(8)).</summary>
    public bool Invert { get; init; }

    /// <summary>Mark that packets carry, or null.</summary>
    public uint? FwMark { get; init; }

    /// <summary>Which bits of the mark count; null: all.</summary>
    public uint? FwMask { get; init; }

    /// <summary>Source network, 4 or 16 bytes, or null.</summary>
    public byte[]? Source { get; init; }

    /// <summary>Length of <see cref="Source"/> in bits.</summary>
    public int SourceLength { get; init; }

    /// <summary>Destination network, 4 or 16 bytes, or null.</summary>
    public byte[]? Destination { get; init; }

    /// <summary>Length of <see cref="Destination"/> in bits.</summary>
    public int DestinationLength { get; init; }

    /// <summary>Interface that packets came in by, or null; "lo" for the host's own.</summary>
    public string? InputInterface { get; init; }

    /// <summary>Interface that the sending socket is bound to, or null.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>What is done; default a lookup.</summary>
    public RuleAction Action { get; init; } = RuleAction.Lookup;

    /// <summary>Which table is looked up; 0 where the action is no lookup.</summary>
    public uint Table { get; init; } = RouteSpec.MainTable;

    /// <summary>A route of this prefix length or shorter is not taken; null: any is.</summary>
    public int? SuppressPrefixLength { get; init; }
}
