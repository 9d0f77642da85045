using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>One peer of an answer while its lines are read.</summary>
internal sealed class PeerStateBuilder(PublicKey publicKey)
{
    public PresharedKey? PresharedKey { get; set; }

    public Endpoint? Endpoint { get; set; }

    public long LastHandshakeSeconds { get; set; }

    public int LastHandshakeNanoseconds { get; set; }

    public ulong ReceivedBytes { get; set; }

    public ulong SentBytes { get; set; }

    public ushort PersistentKeepalive { get; set; }

    public int ProtocolVersion { get; set; } = 1;

    public PeerState Build(List<AllowedIp> allowedIps) => new()
    {
        PublicKey = publicKey,
        PresharedKey = PresharedKey,
        Endpoint = Endpoint,
        LastHandshakeSeconds = LastHandshakeSeconds,
        LastHandshakeNanoseconds = LastHandshakeNanoseconds,
        ReceivedBytes = ReceivedBytes,
        SentBytes = SentBytes,
        PersistentKeepalive = PersistentKeepalive,
        ProtocolVersion = ProtocolVersion,
        AllowedIps = allowedIps.ToArray(),
    };
}
