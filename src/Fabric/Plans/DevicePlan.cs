using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>A WireGuard device.</summary>
/// <param name="Name">The profile, and the Linux interface.</param>
/// <param name="Interface">The network interface that it is.</param>
/// <param name="ListenPort">The UDP port.</param>
/// <param name="BindAddresses">Where it listens; with <paramref name="BindInterfaces"/> empty too, nowhere.</param>
/// <param name="BindInterfaces">Links on whose leased addresses it listens.</param>
/// <param name="Addresses">The router's own addresses inside.</param>
/// <param name="Table">The routing table that holds its networks: the private network and every peer's allowed IPs, then unreachable.</param>
/// <param name="Mtu">The largest packet inside, in bytes.</param>
/// <param name="Peers">Its peers that may connect, by name.</param>
public sealed record DevicePlan(
    string Name, string Interface, ushort ListenPort, IReadOnlyList<IpAddress> BindAddresses, IReadOnlyList<string> BindInterfaces, IReadOnlyList<InterfacePrefix> Addresses,
    int Table, int Mtu, IReadOnlyList<PeerPlan> Peers);
