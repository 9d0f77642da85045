using System;
using System.Globalization;

namespace Warren.Protocol.Routing;

/// <summary>Where a peer's outer datagrams go to or come from: address, UDP port, and for link-local IPv6 the
/// zone.</summary>
/// <param name="Address">The outer address.</param>
/// <param name="Port">UDP port, host order. 0 is accepted and never reachable.</param>
/// <param name="ScopeId">Interface index of a link-local IPv6 address, else 0.</param>
public readonly record struct Endpoint(IpAddress Address, ushort Port, uint ScopeId = 0)
{
    /// <summary>Whether address, port and scope are the same. Written out, as it is asked for every packet.</summary>
    public bool Equals(Endpoint other) => Port == other.Port && ScopeId == other.ScopeId && Address.Equals(other.Address);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address.High, Address.Low, Port, ScopeId);

    /// <summary>"a.b.c.d:port", "[v6]:port" or "[v6%scope]:port" with a numeric scope, as wg prints it.</summary>
    public override string ToString() => Address.IsIPv6
        ? ScopeId == 0
            ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"[{Address}%{ScopeId}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
