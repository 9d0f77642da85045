using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>On which routers a service is.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class AppliesTo(ConfigNode node) : Element(node)
{
    /// <summary>How they are named.</summary>
    public static Leaf<string> TypeLeaf { get; } =
        new("type", new WordType("applies-to-type", "authority", "router", "router-group", "resource-group"), "How routers are named.") { IsRequired = true };

    /// <summary>Routers by name.</summary>
    public static Leaf<string> RouterNameLeaf { get; } = new("router-name", TextType.Reference("router"), "Routers, where the type is router.") { IsList = true };

    /// <summary>Routers by group.</summary>
    public static Leaf<string> GroupNameLeaf { get; } = new("group-name", TextType.NameId, "Groups of routers, where the type is router-group.") { IsList = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("applies-to", "On which routers the service is; without any, on all.", [TypeLeaf],
        [RouterNameLeaf, GroupNameLeaf, Kept.Leaves("resource-group-name", "Resource groups, where the type is resource-group.")]);

    /// <summary>"authority", "router", "router-group" or "resource-group".</summary>
    public string Type => Node.Key;

    /// <summary>Routers by name.</summary>
    public IReadOnlyList<string> RouterNames => Node.All(RouterNameLeaf);

    /// <summary>Routers by group.</summary>
    public IReadOnlyList<string> GroupNames => Node.All(GroupNameLeaf);
}
