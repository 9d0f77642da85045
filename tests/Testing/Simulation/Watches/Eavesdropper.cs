using System;
using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;

namespace Warren.Testing.Simulation;

/// <summary>
/// Sees the wire and learns only what the paper gives away (§5.4): types, indices, counters, lengths. Lengths are 148,
/// 92, 64, and 32 plus a multiple of 16 (or plus the tunnel's MTU); reserved bytes are zero; no datagram, ephemeral or
/// (index, counter) pair appears twice; no key and no plaintext appears at all.
/// </summary>
public sealed class Eavesdropper : Watch
{
    private readonly List<byte[]> _keys = [];
    private readonly HashSet<PublicKey> _known = [];
    private readonly HashSet<ulong> _datagrams = [];
    private readonly HashSet<ulong> _ephemerals = [];
    private readonly HashSet<(SimulatedPeer Sender, uint Index, ulong Counter)> _counters = [];

    public long Datagrams => _datagrams.Count;

    public long CookieReplies { get; private set; }

    public override void Booted(SimulatedNode node)
    {
        if (!_known.Add(node.PublicKey))
            return;
        var (publicKey, privateKey) = (new byte[32], new byte[32]);
        node.PublicKey.Write(publicKey);
        node.PrivateKey.CopyTo(privateKey);
        _keys.Add(publicKey);
        _keys.Add(privateKey);
    }

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
        if (!HasHonestLength(type, datagram.Length, peer.Mtu))
            Fail(peer, $"sent a {type} of {datagram.Length} bytes");
        if (datagram[1..4].ContainsAnyExcept((byte)0))
            Fail(peer, "sent reserved bytes that are not zero");
        if (!_datagrams.Add(Fingerprint.Of(datagram)))
            Fail(peer, $"sent the same {type} twice");
        if (type is MessageType.Initiation or MessageType.Response
            && !_ephemerals.Add(Fingerprint.Of(datagram.Slice(type == MessageType.Initiation ? 8 : 12, PublicKey.Size))))
            Fail(peer, "used an ephemeral key twice");
        if (type == MessageType.Transport
            && !_counters.Add((peer, MessageHeader.ReceiverIndex(datagram), MessageHeader.Counter(datagram))))
            Fail(peer, $"used counter {MessageHeader.Counter(datagram)} of a session twice");
        foreach (var key in _keys)
        {
            if (datagram.IndexOf(key) >= 0)
                Fail(peer, $"sent a key in the clear in a {type}");
        }

        if (datagram.IndexOf(InnerTraffic.Marker) >= 0)
            Fail(peer, "sent a user's packet in the clear");
    }

    public override void Replied(SimulatedNode node, ReadOnlySpan<byte> cookieReply)
    {
        CookieReplies++;
        if (cookieReply.Length != 64 || cookieReply[1..4].ContainsAnyExcept((byte)0)
            || !_datagrams.Add(Fingerprint.Of(cookieReply)))
            throw new SimulationException($"{node}: sent a cookie reply that is too long, too short, or the same as another");
    }

    // A cookie reply is sent by the door, not by a tunnel: a tunnel that sends one is wrong.
    private static bool HasHonestLength(MessageType type, int length, int mtu) => type switch
    {
        MessageType.Initiation => length == 148,
        MessageType.Response => length == 92,
        MessageType.Transport => length >= 32 && (length % 16 == 0 || length == 32 + mtu),
        _ => false,
    };
}
