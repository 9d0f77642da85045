using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A named layer 3 network that an interface is part of: a label, by which tenants name their members.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class Neighborhood(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.NeighborhoodId, "neighborhood");

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("neighborhood", "A named network that the interface is part of.", [NameLeaf],
    [
        NameLeaf,
        Kept.Leaf("topology", new WordType("topology", "mesh", "hub", "spoke"), "Who peers with whom."),
        Kept.Leaf("peer-connectivity", new WordType("peer-connectivity", "bidirectional", "outbound-only"), "Who begins."),
        Kept.Leaf("vector", "The vector of ways over it."),
        Kept.Leaf("external-nat-address", "The address outside of a middlebox."),
        Kept.Number("qp-value", IntegerType.Limit, "Deprecated."),
        Kept.List("port-range", "start-port", "Ports of ways over it."),
        Kept.Container("bfd", "How ways are watched."),
        Kept.Container("udp-transform", "How peers behind middleboxes are reached."),
        Kept.Container("path-mtu-discovery", "How the largest packet is found."),
        Kept.Container("traffic-engineering", "Shares of bandwidth."),
    ]) { IsOrdered = true };

    /// <summary>Its name.</summary>
    public string Name => Node.Key;
}
