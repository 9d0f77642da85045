using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The network inside a profile: the router's own address in it, and the label by which tenants name its members.</summary>
/// <param name="node">The block.</param>
public sealed class PrivateNetwork(ConfigNode node) : Element(node)
{
    /// <summary>The label.</summary>
    public static Leaf<string> NeighborhoodLeaf { get; } =
        new("neighborhood", TextType.NeighborhoodId, "The neighborhood of the network, by which tenants name its members.") { IsRequired = true };

    /// <summary>A tenant for all of it.</summary>
    public static Leaf<string> TenantNameLeaf { get; } =
        new("tenant-name", TextType.TenantName, "A tenant that the whole network belongs to; made where there is none of that name.");

    /// <summary>The router's own address.</summary>
    public static Leaf<InterfacePrefix> AddressLeaf { get; } =
        new("address", PrefixType.Host, "The router's own address and the length of the network, one per family.") { IsList = true, IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("private-network", "The network inside the profile.", [], [NeighborhoodLeaf, TenantNameLeaf, AddressLeaf]);

    /// <summary>The label, or null.</summary>
    public string? Neighborhood => Node.Child(NeighborhoodLeaf)?.Text;

    /// <summary>A tenant for all of it, or null.</summary>
    public string? TenantName => Node.Child(TenantNameLeaf)?.Text;

    /// <summary>The router's own addresses, one per family.</summary>
    public IReadOnlyList<InterfacePrefix> Addresses => Node.All(AddressLeaf);
}
