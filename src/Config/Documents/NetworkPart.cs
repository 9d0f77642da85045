using System;
using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>What systemd-networkd's .network says of an interface that a .netdev makes.</summary>
/// <param name="Source">The text.</param>
/// <param name="Name">The interface, as <c>[Match]</c> names it; or null.</param>
/// <param name="Position">Where <c>[Network]</c> is.</param>
/// <param name="InsertAt">Offset behind <c>[Network]</c>.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Routes">Its routes.</param>
/// <param name="Forwards">Whether its host forwards.</param>
/// <param name="HasNameServers">Whether it sets name servers.</param>
public sealed record NetworkPart(
    SourceText Source, string? Name, SourcePosition Position, int InsertAt, IReadOnlyList<WrittenPrefix> Addresses, IReadOnlyList<IpPrefix> Routes, bool Forwards, bool HasNameServers)
{
    /// <summary>The tunnel with what this says of it.</summary>
    public Tunnel AddTo(Tunnel tunnel)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        return tunnel with
        {
            Addresses = [.. tunnel.Addresses, .. Addresses],
            HasAddressesElsewhere = false,
            Routes = [.. tunnel.Routes, .. Routes],
            Forwards = tunnel.Forwards || Forwards,
            HasNameServers = tunnel.HasNameServers || HasNameServers,
        };
    }
}
