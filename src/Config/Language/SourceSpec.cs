using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>Who an access policy is about.</summary>
/// <param name="Tenant">A tenant and all inside it; null for whoever has an address in the prefix.</param>
/// <param name="Prefix">Only from there; null for wherever the tenant is.</param>
public readonly record struct SourceSpec(string? Tenant, IpPrefix? Prefix)
{
    /// <summary>As it is written.</summary>
    public override string ToString() => Tenant is null ? Prefix.ToString()! : Prefix is null ? Tenant : $"{Tenant}@{Prefix}";
}
