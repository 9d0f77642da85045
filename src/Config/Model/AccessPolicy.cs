using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Who may use a service, or may not.</summary>
public sealed class AccessPolicy : Element
{
    /// <summary>A view of a node.</summary>
    public AccessPolicy(ConfigNode node, AccessPolicySchema schema)
        : base(node)
    {
        System.ArgumentNullException.ThrowIfNull(schema);
        Source = node.Get(schema.Source);
        Permission = node.Get(schema.Permission, Permission.Allow);
    }

    /// <summary>Who.</summary>
    public SourceSpec Source { get; }

    /// <summary>Whether they may.</summary>
    public Permission Permission { get; }
}
