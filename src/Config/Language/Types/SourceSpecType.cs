namespace Warren.Config.Language;

/// <summary>Who an access policy is about: a tenant, a tenant from a prefix, or a prefix (facts: source-spec).</summary>
public sealed class SourceSpecType : LeafType<SourceSpec>
{
    private SourceSpecType()
        : base("source-spec", "a tenant, tenant@prefix, or an IPv4 or IPv6 prefix")
    {
    }

    /// <summary>The one instance.</summary>
    public static SourceSpecType Instance { get; } = new();

    /// <inheritdoc/>
    public override string? RefersTo => "tenant";

    private protected override string? Read(string text, out SourceSpec value, out string canonical)
    {
        canonical = text;
        value = default;
        if (PrefixType.TryRead(text, out var prefix) is null)
        {
            value = new SourceSpec(null, prefix.Network);
            canonical = value.ToString();
            return null;
        }

        var at = text.IndexOf('@');
        var tenant = at < 0 ? text : text[..at];
        if (text.Contains('/') && at < 0)
            return $"\"{text}\" names a service or another authority's tenant; Warren knows tenants, tenant@prefix and prefixes";
        if (!TextType.TenantName.TryRead(tenant, out _, out _, out var problem))
            return problem;
        if (at < 0)
        {
            value = new SourceSpec(tenant, null);
            return null;
        }

        if (PrefixType.TryRead(text[(at + 1)..], out prefix) is { } wrong)
            return wrong;
        value = new SourceSpec(tenant, prefix.Network);
        canonical = value.ToString();
        return null;
    }
}
