using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>An address or a domain name.</summary>
/// <param name="Address">The address, or null for a name.</param>
/// <param name="Name">The name, or null for an address.</param>
public readonly record struct HostValue(IpAddress? Address, string? Name)
{
    /// <summary>As it is written.</summary>
    public override string ToString() => Name ?? Address.ToString()!;
}
