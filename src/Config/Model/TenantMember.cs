using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Addresses in a neighborhood that belong to a tenant.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class TenantMember(ConfigNode node) : Element(node)
{
    /// <summary>Where.</summary>
    public static Leaf<string> NeighborhoodLeaf { get; } = new("neighborhood", TextType.NeighborhoodId, "The neighborhood in which the addresses are.") { IsRequired = true };

    /// <summary>Which.</summary>
    public static Leaf<InterfacePrefix> AddressLeaf { get; } =
        new("address", PrefixType.Network, "Sources that belong to the tenant; the longest prefix decides between tenants.") { IsList = true, IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("member", "Sources in a neighborhood that belong to the tenant.", [NeighborhoodLeaf], [AddressLeaf]);

    /// <summary>Where.</summary>
    public string Neighborhood => Node.Key;

    /// <summary>Which, as written; host bits are clear.</summary>
    public IReadOnlyList<InterfacePrefix> Addresses => Node.All(AddressLeaf);
}
