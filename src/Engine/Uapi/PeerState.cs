using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>What a device says of one peer.</summary>
public sealed record PeerState
{
    /// <summary>The peer's static public key: its name.</summary>
    public required PublicKey PublicKey { get; init; }

    /// <summary>The preshared key; null when there is none.</summary>
    public PresharedKey? PresharedKey { get; init; }

    /// <summary>Where its datagrams go; null when unknown.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>Unix time of the last completed handshake, 0 when there was none.</summary>
    public long LastHandshakeSeconds { get; init; }

    /// <summary>Nanoseconds of the same moment.</summary>
    public int LastHandshakeNanoseconds { get; init; }

    /// <summary>Bytes received from it, outer payload with WireGuard's own headers.</summary>
    public ulong ReceivedBytes { get; init; }

    /// <summary>Bytes sent to it, counted in the same way.</summary>
    public ulong SentBytes { get; init; }

    /// <summary>Seconds between keepalives, 0 for off.</summary>
    public ushort PersistentKeepalive { get; init; }

    /// <summary>Its prefixes in the device's own order.</summary>
    public IReadOnlyList<AllowedIp> AllowedIps { get; init; } = [];

    /// <summary>Always 1 today.</summary>
    public int ProtocolVersion { get; init; } = 1;
}
