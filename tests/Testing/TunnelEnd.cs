using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing;

/// <summary>The least device there can be: one identity, one index table, one tunnel, and the door in front of them.</summary>
public sealed class TunnelEnd : IDisposable
{
    /// <summary>The MTU packets are padded for.</summary>
    public const int Mtu = 1420;

    private readonly RandomSource _random;
    private readonly byte[] _buffer = new byte[2048];

    /// <summary>An end with its own key, started, without an endpoint.</summary>
    public TunnelEnd(PrivateKey key, PublicKey remote, RandomSource random, Primitives? primitives = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _random = random;
        Primitives = primitives ?? Primitives.Managed;
        Identity = new LocalIdentity(key, Primitives);
        Door = new CookieChecker(key.PublicKey);
        Tunnel = new Tunnel(Identity, remote, Indices, Primitives, random);
        Tunnel.Start(Instant.Zero);
    }

    /// <summary>What it computes with.</summary>
    public Primitives Primitives { get; }

    /// <summary>Its identity at first.</summary>
    public LocalIdentity Identity { get; set; }

    /// <summary>Its receiver indices.</summary>
    public IndexTable Indices { get; } = new();

    /// <summary>Its handshake door.</summary>
    public CookieChecker Door { get; set; }

    /// <summary>Its only peer.</summary>
    public Tunnel Tunnel { get; }

    /// <summary>Whether it answers handshakes without a cookie by a cookie.</summary>
    public bool UnderLoad { get; set; }

    /// <summary>Inner packets that came out, padding included, keepalives left out.</summary>
    public List<byte[]> Delivered { get; } = [];

    /// <summary>Why datagrams were dropped, oldest first.</summary>
    public List<DropReason> Drops { get; } = [];

    /// <summary>Sends one inner packet: sealed at once, or staged. Null when it was staged.</summary>
    public byte[]? Send(Instant now, ReadOnlySpan<byte> packet)
    {
        if (!Tunnel.TryReserve(now, 1, out var keypair, out var counter))
        {
            Note(Tunnel.Stage(now, packet, Mtu));
            return null;
        }

        var length = keypair.Seal(counter, packet, MessageHeader.PaddedLength(packet.Length, Mtu), _buffer);
        Tunnel.Sent(now, keypair, 1);
        keypair.Release();
        return _buffer[..length];
    }

    /// <summary>The next datagram that is due, or null.</summary>
    public byte[]? Poll(Instant now, Tai64N wallClock)
    {
        var output = Tunnel.Poll(now, wallClock, _buffer);
        return output.Kind == OutputKind.None ? null : _buffer[..output.Length];
    }

    /// <summary>Takes one datagram from the network. A cookie reply to send back is returned in <paramref name="reply"/>.</summary>
    public DropReason Receive(Instant now, ReadOnlySpan<byte> datagram, in Path from, out byte[]? reply)
    {
        reply = null;
        var reason = MessageHeader.Classify(datagram) switch
        {
            MessageType.Initiation or MessageType.Response => ReceiveHandshake(now, datagram, from, out reply),
            MessageType.CookieReply => ReceiveCookieReply(now, datagram),
            MessageType.Transport => ReceiveTransport(now, datagram, from),
            _ => DropReason.Malformed,
        };
        Note(reason);
        return reason;
    }

    private DropReason ReceiveHandshake(Instant now, ReadOnlySpan<byte> datagram, in Path from, out byte[]? reply)
    {
        reply = null;
        if (!Door.CheckMac1(datagram))
            return DropReason.BadMac1;
        if (UnderLoad && !Door.CheckMac2(now, datagram, from.Remote, _random))
        {
            reply = new byte[MessageSize.CookieReply];
            Door.WriteCookieReply(now, datagram, from.Remote, _random, reply);
            return DropReason.BadMac2;
        }

        if (MessageHeader.Classify(datagram) == MessageType.Response)
            return Indices.TryGetTunnel(MessageHeader.ReceiverIndex(datagram), out var tunnel)
                ? tunnel.HandleResponse(now, datagram, from)
                : DropReason.UnknownReceiverIndex;

        var reason = InitiationReader.Read(Identity, datagram, out var initiation);
        if (reason == DropReason.None)
            reason = initiation.RemoteStatic == Tunnel.RemoteStatic
                ? Tunnel.HandleInitiation(now, initiation, from)
                : DropReason.UnknownStaticKey;
        initiation.Clear();
        return reason;
    }

    private DropReason ReceiveCookieReply(Instant now, ReadOnlySpan<byte> datagram) =>
        Indices.TryGetTunnel(MessageHeader.ReceiverIndex(datagram), out var tunnel)
            ? tunnel.HandleCookieReply(now, datagram)
            : DropReason.UnknownReceiverIndex;

    private DropReason ReceiveTransport(Instant now, ReadOnlySpan<byte> datagram, in Path from)
    {
        if (!Indices.TryGetKeypair(MessageHeader.ReceiverIndex(datagram), out var keypair))
            return DropReason.UnknownReceiverIndex;
        if (!keypair.TryAcquire())
            return DropReason.KeypairExpired;
        try
        {
            var plaintext = new byte[datagram.Length];
            if (!keypair.TryOpen(datagram, plaintext, out var length))
                return DropReason.AuthenticationFailed;
            var reason = keypair.Tunnel.Accept(now, keypair, MessageHeader.Counter(datagram), length, from);
            if (reason == DropReason.None && length > 0)
                Delivered.Add(plaintext[..length]);
            return reason;
        }
        finally
        {
            keypair.Release();
        }
    }

    private void Note(DropReason reason)
    {
        if (reason != DropReason.None)
            Drops.Add(reason);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tunnel.Dispose();
        Identity.Dispose();
    }
}
