using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Delivery to the machine itself.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class RouteHost(ConfigNode node) : Element(node)
{
    /// <summary>Which node.</summary>
    public static Leaf<string> NodeNameLeaf { get; } = new("node-name", TextType.Reference("router/node"), "The node.") { IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("host", "Deliver it to the machine itself.", [NodeNameLeaf],
        [NodeNameLeaf, Kept.Leaves("target-address", "Addresses of the machine.")]) { IsOrdered = true };

    /// <summary>Which node.</summary>
    public string NodeName => Node.Key;
}
