using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The block <c>access-policy</c>, which services, profiles and host services each have.</summary>
public sealed class AccessPolicySchema
{
    /// <summary>Declares it.</summary>
    public AccessPolicySchema(string summary) =>
        Block = new("access-policy", summary, [Source], [Permission]);

    /// <summary>The block.</summary>
    public BlockSchema Block { get; }

    /// <summary>Who.</summary>
    public Leaf<SourceSpec> Source { get; } = new("source", SourceSpecType.Instance, "Who: a tenant and all inside it, a tenant from a prefix, or a prefix.") { IsRequired = true };

    /// <summary>Allowed or denied.</summary>
    public Leaf<Permission> Permission { get; } =
        new("permission", new EnumType<Permission>("permission", ("allow", Model.Permission.Allow), ("deny", Model.Permission.Deny)), "Whether they may.") { Default = "allow" };
}
