using System;
using Warren.Engine;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Bench.Micro;

/// <summary>A tunnel, its identity, and a virtual time in which it may shake hands as often as it is asked to. One thread's.</summary>
internal sealed class HandshakePeer : IDisposable
{
    // Any: a tunnel with a persistent keepalive begins its handshake at once.
    private const ushort Keepalive = 25;

    private readonly LocalIdentity _identity;

    /// <summary>A started tunnel that sends nothing of itself.</summary>
    public HandshakePeer(PrivateKey key, PublicKey remote, IndexTable indices)
    {
        _identity = new LocalIdentity(key, Primitives.Managed);
        Tunnel = new Tunnel(_identity, remote, indices, Primitives.Managed, SystemRandom.Shared);
        Tunnel.SetEndpoint(Remote.Remote);
    }

    /// <summary>Where everybody is.</summary>
    public static Path Remote { get; } = new(new Endpoint(IpAddress.V4(0xc000_0201), 51820));

    /// <summary>The tunnel.</summary>
    public Tunnel Tunnel { get; }

    /// <summary>Whose it is.</summary>
    public LocalIdentity Identity => _identity;

    /// <summary>Begins anew and writes an initiation to the first 148 bytes.</summary>
    public void Initiate(Instant now, Tai64N timestamp, Span<byte> message)
    {
        Tunnel.Stop(now);
        Tunnel.SetPersistentKeepalive(now, Keepalive);
        Tunnel.Start(now);
        Require(Tunnel.Poll(now, timestamp, message), OutputKind.Initiation);
    }

    /// <summary>Throws unless that was written.</summary>
    public static void Require(Output output, OutputKind kind)
    {
        if (output.Kind != kind)
            throw new InvalidOperationException($"the tunnel wrote {output.Kind} instead of {kind}");
    }

    /// <summary>Throws when a message was dropped.</summary>
    public static void Require(DropReason reason)
    {
        if (reason != DropReason.None)
            throw new InvalidOperationException($"a message was dropped: {reason}");
    }

    public void Dispose()
    {
        Tunnel.Dispose();
        _identity.Dispose();
    }
}
