using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>What a node keeps of a peer over a restart. The endpoint is null when the peer is behind a NAT.</summary>
internal sealed record PeerConfiguration(
    SimulatedNode Remote, Endpoint? Endpoint, PresharedKey? PresharedKey, ushort PersistentKeepalive, int Mtu);
