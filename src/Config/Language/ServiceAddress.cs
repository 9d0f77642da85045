using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>Where a service is: a prefix, or a domain name that is looked up.</summary>
/// <param name="Prefix">The prefix, or null for a name.</param>
/// <param name="Name">The name, or null for a prefix.</param>
public readonly record struct ServiceAddress(IpPrefix? Prefix, string? Name)
{
    /// <summary>As it is written.</summary>
    public override string ToString() => Name ?? Prefix.ToString()!;
}
