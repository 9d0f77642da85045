using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>A WireGuard peer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PublicKey">Its key.</param>
/// <param name="PresharedKey">The secret both have, in base64, or null; never printed.</param>
/// <param name="Endpoint">Where it is to begin with, or null.</param>
/// <param name="Keepalive">Seconds between keepalives; 0 for none.</param>
/// <param name="AllowedIps">Its networks: those that another peer of the device has as well are the last one's alone, as in the kernel.</param>
public sealed record PeerPlan(string Name, PublicKey PublicKey, string? PresharedKey, Endpoint? Endpoint, int Keepalive, IReadOnlyList<IpPrefix> AllowedIps)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Name} {PublicKey} {string.Join(", ", AllowedIps)}";
}
