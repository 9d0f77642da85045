using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>How sessions of services are balanced and classed.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class ServicePolicy(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.NameId, "service policy");

    /// <summary>How sessions are spread.</summary>
    public static Leaf<string> LbStrategyLeaf { get; } =
        new("lb-strategy", new WordType("lb-strategy", "hunt", "proportional"), "hunt: the first way that has room. proportional: by the shares of their capacity.") { Default = "hunt" };

    /// <summary>The class of its sessions.</summary>
    public static Leaf<string> ServiceClassLeaf { get; } = new("service-class", TextType.Reference("service-class"), "The class of its sessions.");

    /// <summary>TCP without SYN.</summary>
    public static Leaf<TransportState> TransportStateLeaf { get; } =
        new("transport-state-enforcement", new EnumType<TransportState>("transport-state-enforcement", ("reset", TransportState.Reset), ("allow", TransportState.Allow),
            ("block", TransportState.Block), ("strict", TransportState.Strict)), "What becomes of TCP that does not begin with SYN.") { Default = "reset" };

    /// <summary>Whether it was generated.</summary>
    public static Leaf<bool> GeneratedLeaf { get; } = Names.Generated();

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("service-policy", "How sessions of services are balanced and classed.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("service policy"),
        ServiceClassLeaf,
        LbStrategyLeaf,
        Kept.Leaf("best-path-criteria", new WordType("best-path-criteria", "vector", "average-latency", "mos"), "What makes a way the best."),
        Kept.Flag("best-effort", "Whether a bad way is better than none."),
        Kept.List("vector", "name", "A priority of ways."),
        Kept.Leaf("session-resiliency", new WordType("session-resiliency", "none", "failover", "revertible-failover", "packet-duplication"), "Whether sessions move."),
        Kept.Flag("peer-path-resiliency", "Whether sessions move among ways to a peer."),
        Kept.Flag("path-quality-filter", "Whether bad ways are left out."),
        Kept.Leaf("max-loss", "Percent of packets that may be lost."),
        Kept.Leaf("max-latency", "Milliseconds a packet may take."),
        Kept.Leaf("max-jitter", "Milliseconds by which that may vary."),
        TransportStateLeaf,
        Kept.Flag("prefer-established-session", "Whether a session keeps its way."),
        GeneratedLeaf,
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>Whether sessions are spread by shares of capacity.</summary>
    public bool IsProportional => Node.Get(LbStrategyLeaf, "") == "proportional";

    /// <summary>The class of its sessions, or null.</summary>
    public string? ServiceClass => Node.Child(ServiceClassLeaf)?.Text;

    /// <summary>TCP without SYN.</summary>
    public TransportState TransportState => Node.Get(TransportStateLeaf, TransportState.Reset);
}
