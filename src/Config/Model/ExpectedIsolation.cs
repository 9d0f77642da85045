using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Two tenants of which neither reaches an address of the other.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class ExpectedIsolation(ConfigNode node) : Element(node)
{
    /// <summary>The one.</summary>
    public static Leaf<string> TenantLeaf { get; } = new("tenant", TextType.Reference("tenant"), "The one.") { IsRequired = true };

    /// <summary>The other.</summary>
    public static Leaf<string> OtherLeaf { get; } = new("other", TextType.Reference("tenant"), "The other.") { IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("isolated", "Two tenants of which neither reaches an address of the other.", [TenantLeaf, OtherLeaf], []) { IsOurs = true };

    /// <summary>The one.</summary>
    public string Tenant => Node.Get(TenantLeaf, "");

    /// <summary>The other.</summary>
    public string Other => Node.Get(OtherLeaf, "");
}
