using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Sources behind one interface that belong to a tenant.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class TenantPrefix(ConfigNode node) : Element(node)
{
    /// <summary>Which tenant.</summary>
    public static Leaf<string> TenantLeaf { get; } = new("tenant", TextType.Reference("tenant"), "The tenant.") { IsRequired = true };

    /// <summary>Which sources.</summary>
    public static Leaf<InterfacePrefix> SourceLeaf { get; } = new("source-address", PrefixType.Network, "Sources that belong to it.") { IsList = true, IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("tenant-prefixes", "Sources behind this interface that belong to a tenant.", [TenantLeaf], [SourceLeaf]);

    /// <summary>Which tenant.</summary>
    public string Tenant => Node.Key;

    /// <summary>Which sources.</summary>
    public IReadOnlyList<InterfacePrefix> Sources => Node.All(SourceLeaf);
}
