using System.Collections.Generic;

namespace Warren.Fabric.Plans;

/// <summary>All that one node's Linux must be, decided: what crosses from thinking to doing. Never changes; equal inputs give equal plans.</summary>
public sealed record NodePlan
{
    /// <summary>The most rows of lookup a plan may have: above, loading them takes the kernel seconds (facts/enforcement: 100,000 elements, 5 to 10 s).</summary>
    public const int MostRows = 100_000;

    /// <summary>The router.</summary>
    public required string Router { get; init; }

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>Linux interfaces, by name.</summary>
    public required IReadOnlyList<LinkPlan> Links { get; init; }

    /// <summary>WireGuard devices, by name.</summary>
    public required IReadOnlyList<DevicePlan> Devices { get; init; }

    /// <summary>Network interfaces with their ids.</summary>
    public required IReadOnlyList<InterfacePlan> Interfaces { get; init; }

    /// <summary>Classes of sources that may do the same, by id.</summary>
    public required IReadOnlyList<ClassPlan> Classes { get; init; }

    /// <summary>Who a source is: disjoint per interface, in the order of interface and address.</summary>
    public required IReadOnlyList<SourceRow> Sources { get; init; }

    /// <summary>What a destination is: disjoint per stage, protocol and class, in the order of stage, address, protocol, port and class.</summary>
    public required IReadOnlyList<ServiceRow> Services { get; init; }

    /// <summary>What the machine itself offers: disjoint per address, protocol and class.</summary>
    public required IReadOnlyList<HereRow> Here { get; init; }

    /// <summary>Addresses of the machine itself.</summary>
    public required IReadOnlyList<OwnAddress> OwnAddresses { get; init; }

    /// <summary>What is done with sessions, by id.</summary>
    public required IReadOnlyList<EntryPlan> Entries { get; init; }

    /// <summary>How long sessions live and how they are marked, the most specific first.</summary>
    public required IReadOnlyList<SessionRow> Sessions { get; init; }
}
