using System;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Bench.Throughput.Load;

/// <summary>One peer that makes initiations faster than a tunnel would: it starts its tunnel anew for each.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class Initiator : IDisposable
{
    // Any: a tunnel with a persistent keepalive begins its handshake at once.
    private const ushort Keepalive = 25;

    private readonly int _number;
    private readonly LocalIdentity _identity;
    private readonly PublicKey _remote;
    private readonly Endpoint _endpoint;
    private readonly IndexTable _indices;
    private readonly RandomSource _random;
    private readonly Tunnel _tunnel;

    public Initiator(int number, PublicKey remote, Endpoint endpoint, IndexTable indices, RandomSource random)
    {
        using var key = HandshakePeers.Key(number);
        _number = number;
        _identity = new LocalIdentity(key, Primitives.Managed);
        (_remote, _endpoint, _indices, _random) = (remote, endpoint, indices, random);
        _tunnel = NewTunnel();
    }

    /// <summary>Makes an initiation.</summary>
    /// <param name="now">The present.</param>
    /// <param name="timestamp">Later than that of this peer's last one.</param>
    /// <param name="message">Room for 148 bytes.</param>
    /// <param name="verify">Whether the response is to be verified: a tunnel of its own waits for it then.</param>
    public Initiation Make(Instant now, Tai64N timestamp, Memory<byte> message, bool verify)
    {
        var tunnel = verify ? NewTunnel() : _tunnel;
        tunnel.Start(now);
        var output = tunnel.Poll(now, timestamp, message.Span);
        if (output.Kind != OutputKind.Initiation) throw new InvalidOperationException($"the tunnel wrote {output.Kind} instead of an initiation");
        if (!verify) tunnel.Stop(now);
        return new Initiation(_number, message[..MessageSize.Initiation], verify ? tunnel : null);
    }

    public void Dispose()
    {
        _tunnel.Dispose();
        _identity.Dispose();
    }

    private Tunnel NewTunnel()
    {
        var tunnel = new Tunnel(_identity, _remote, _indices, Primitives.Managed, _random);
        tunnel.SetEndpoint(_endpoint);
        tunnel.SetPersistentKeepalive(Instant.Zero, Keepalive);
        return tunnel;
    }
}
