using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>What a tenant reaches, and what it does not.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class ExpectedTenant(ConfigNode node) : Element(node)
{
    /// <summary>Who.</summary>
    public static Leaf<string> NameLeaf { get; } = new("name", TextType.Reference("tenant"), "The tenant.") { IsRequired = true };

    /// <summary>What it must reach.</summary>
    public static ExpectedServiceSchema Reached { get; } = new();

    /// <summary>What it must not reach.</summary>
    public static ExpectedServiceSchema NotReached { get; } = new();

    /// <summary>The block of what it must reach.</summary>
    public static BlockSchema ReachSchema { get; } = new("reach", "Services of which it must reach every address and port.", [], [Reached.Block]);

    /// <summary>The block of what it must not reach.</summary>
    public static BlockSchema NotReachSchema { get; } = new("not-reach", "Services of which it must reach nothing.", [], [NotReached.Block]);

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("tenant", "What a tenant must reach, and must not.", [NameLeaf], [ReachSchema, NotReachSchema]) { IsOurs = true };

    /// <summary>Who.</summary>
    public string Tenant => Node.Key;

    /// <summary>What it must reach.</summary>
    public IReadOnlyList<ExpectedService> Reach => Of(ReachSchema, Reached);

    /// <summary>What it must not reach.</summary>
    public IReadOnlyList<ExpectedService> NotReach => Of(NotReachSchema, NotReached);

    private List<ExpectedService> Of(BlockSchema block, ExpectedServiceSchema schema)
    {
        if (Node.Child(block) is not { } child)
            return [];
        var services = new List<ExpectedService>();
        foreach (var entry in child.ChildrenOf(schema.Block))
            services.Add(new ExpectedService(entry, schema));
        return services;
    }
}
