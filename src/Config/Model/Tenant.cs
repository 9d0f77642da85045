using System;
using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A group of sources. <c>child.parent</c> is inside <c>parent</c>: what the parent may, the child may.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class Tenant(ConfigNode node) : Element(node)
{
    /// <summary>The name of the tenant to which sources belong that are in no other; a policy cannot name it.</summary>
    public const string Global = "<global>";

    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.TenantName, "tenant");

    /// <summary>Whether it was generated.</summary>
    public static Leaf<bool> GeneratedLeaf { get; } = Names.Generated();

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("tenant", "A group of sources; child.parent is inside parent.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("tenant"),
        GeneratedLeaf,
        TenantMember.Schema,
        Kept.Leaf("security", "The security policy of its traffic; deprecated."),
        Kept.Leaves("resource-group", "Who may configure it."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>The tenant around it, or null: what follows the first dot.</summary>
    public string? Parent => ParentOf(Name);

    /// <summary>Who belongs to it.</summary>
    public IReadOnlyList<TenantMember> Members => field ??= Entries(TenantMember.Schema, child => new TenantMember(child));

    /// <summary>The tenant around one of that name, or null.</summary>
    public static string? ParentOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dot = name.IndexOf('.');
        return dot < 0 ? null : name[(dot + 1)..];
    }

    /// <summary>Whether a tenant is another or inside it.</summary>
    public static bool IsInside(string name, string other)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(other);
        return name.EndsWith(other, StringComparison.Ordinal) && (name.Length == other.Length || name[^(other.Length + 1)] == '.');
    }
}
