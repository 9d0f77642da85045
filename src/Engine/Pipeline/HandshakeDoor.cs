using System;
using Warren.Protocol;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Handshake messages of one worker. <see cref="Admit"/> is cheap and turns away what proves nothing (paper §5.4.4, §5.4.7): a wrong
/// mac1 always; under load, whoever has no cookie or comes too often. <see cref="Answer"/> does the costly rest, a batch per turn, so
/// that a storm of handshakes does not keep packets waiting.
/// </summary>
internal sealed class HandshakeDoor
{
    /// <summary>Messages that wait at most: as many as wireguard-go lets wait, here some 60 ms of work.</summary>
    private const int Capacity = 1024;

    /// <summary>Messages per turn of the worker: what one batch computes side by side, about 0.4 ms of curve arithmetic.</summary>
    private const int PerTurn = HandshakeBatch.Capacity;

    private readonly Worker _worker;
    private readonly Device _device;
    private readonly Outgoing _outgoing;
    private readonly byte[] _messages = new byte[Capacity * MessageSize.Initiation];
    private readonly int[] _lengths = new int[Capacity];
    private readonly Path[] _paths = new Path[Capacity];
    private readonly HandshakeBatch _batch = new();
    private readonly Path[] _batchPaths = new Path[HandshakeBatch.Capacity];
    private readonly Peer?[] _batchPeers = new Peer?[HandshakeBatch.Capacity];
    private int _first;

    public HandshakeDoor(Worker worker, Device device, Outgoing outgoing)
    {
        _worker = worker;
        _device = device;
        _outgoing = outgoing;
    }

    /// <summary>How many wait for an answer.</summary>
    public int Waiting { get; private set; }

    /// <summary>Takes a message in, or drops it. Copies it.</summary>
    public void Admit(ReadOnlySpan<byte> message, in Path path)
    {
        var reason = Judge(message, path);
        if (reason == DropReason.None && Waiting == Capacity)
            reason = DropReason.QueueFull;
        if (reason != DropReason.None)
        {
            _worker.Drops.Add(reason, message.Length, path.Remote);
            return;
        }

        var index = (_first + Waiting++) % Capacity;
        message.CopyTo(_messages.AsSpan(index * MessageSize.Initiation));
        _lengths[index] = message.Length;
        _paths[index] = path;
    }

    /// <summary>Answers the oldest few: initiations side by side, all else one by one.</summary>
    public void Answer()
    {
        for (var taken = 0; taken < PerTurn && Waiting > 0; taken++)
        {
            var message = _messages.AsSpan(_first * MessageSize.Initiation, _lengths[_first]);
            if (MessageHeader.Classify(message) == MessageType.Initiation)
            {
                _batchPaths[_batch.Count] = _paths[_first];
                _batch.Add(message);
            }
            else
            {
                var reason = HandleAnswer(message, _paths[_first], out var peer);
                Conclude(reason, message.Length, _paths[_first], peer, null);
            }

            _first = (_first + 1) % Capacity;
            Waiting--;
        }

        if (_batch.Count > 0)
            AnswerBatch();
    }

    private DropReason Judge(ReadOnlySpan<byte> message, in Path path)
    {
        if (MessageHeader.Classify(message) == MessageType.CookieReply)
        {
            // Anyone can write one: only what may answer a message of ours may take a place from handshakes. Its seal is checked later.
            return _device.Indices.TryGetTunnel(MessageHeader.ReceiverIndex(message), out _)
                ? DropReason.None
                : DropReason.UnknownReceiverIndex;
        }

        if (_device.Cookies is not { } cookies)
            return DropReason.PeerHasNoKey;
        if (!cookies.CheckMac1(message))
            return DropReason.BadMac1;
        if (!_device.Load.HandshakeArrived(_worker.Now, Waiting))
            return DropReason.None;
        if (cookies.CheckMac2(_worker.Now, message, path.Remote, SystemRandom.Shared))
            return _device.Limiter.Allow(_worker.Now, path.Remote.Address) ? DropReason.None : DropReason.RateLimited;

        var ipv6 = path.Remote.Address.IsIPv6;
        if (!_outgoing.HasRoom)
            _outgoing.Flush();
        var length = cookies.WriteCookieReply(_worker.Now, message, path.Remote, SystemRandom.Shared, _outgoing.Slot(ipv6));
        _outgoing.Add(null, length, path);
        return DropReason.BadMac2;
    }

    private void AnswerBatch()
    {
        if (_device.Identity is { } identity)
        {
            _batch.Read(identity);
            for (var i = 0; i < _batch.Count; i++)
            {
                var reason = HandleInitiation(identity, i, out var key);
                if (reason != DropReason.None)
                    Conclude(reason, MessageSize.Initiation, _batchPaths[i], _batchPeers[i], key);
            }

            _batch.Compute(_device.Primitives, SystemRandom.Shared);
            for (var i = 0; i < _batch.Count; i++)
            {
                if (_batch.IsPrepared(i))
                    Respond(i, _batchPeers[i]!);
            }
        }
        else
        {
            for (var i = 0; i < _batch.Count; i++)
                Conclude(DropReason.PeerHasNoKey, MessageSize.Initiation, _batchPaths[i], null, null);
        }

        _batch.Clear();
        Array.Clear(_batchPeers);
    }

    private DropReason HandleInitiation(LocalIdentity identity, int index, out PublicKey? key)
    {
        key = null;
        var reason = _batch.Open(index, out var initiation);
        if (reason != DropReason.None)
            return reason;
        try
        {
            key = initiation.RemoteStatic;
            if (initiation.RemoteStatic == identity.PublicKey)
                return DropReason.OwnKey;
            if (!_device.TryFindPeer(initiation.RemoteStatic, out var peer))
                return DropReason.UnknownStaticKey;
            _batchPeers[index] = peer;
            lock (peer.Gate)
            {
                if (peer.IsRemoved)
                    return DropReason.UnknownStaticKey;
                reason = Settle(peer, MessageSize.Initiation, peer.Tunnel.HandleInitiation(_worker.Now, initiation, _batchPaths[index]));
                if (reason == DropReason.None)
                    _batch.Prepare(index, peer.Tunnel);
                return reason;
            }
        }
        finally
        {
            initiation.Clear();
        }
    }

    // The response goes from here, whatever worker is the peer's home; all else that is due is its home's to write.
    private void Respond(int index, Peer peer)
    {
        if (!_outgoing.HasRoom)
            _outgoing.Flush();
        lock (peer.Gate)
        {
            if (peer.IsRemoved)
                return;
            var tunnel = peer.Tunnel;
            var output = tunnel.Answer(_worker.Now, _batch, index, _outgoing.Slot(tunnel.Path.Remote.Address.IsIPv6));
            if (output.Kind != OutputKind.None)
            {
                _outgoing.Add(peer, output.Length, tunnel.Path);
                peer.SentBytes += (ulong)output.Length;
            }

            peer.Settle();
        }

        _worker.Tend(peer);
    }

    private void Conclude(DropReason reason, int length, in Path path, Peer? peer, PublicKey? key)
    {
        if (reason == DropReason.None)
            _worker.Tend(peer!);
        else if (peer is not null)
            _worker.Drops.Add(reason, length, peer, path.Remote);
        else
            _worker.Drops.Add(reason, length, path.Remote, key);
    }

    private DropReason HandleAnswer(ReadOnlySpan<byte> message, in Path path, out Peer? peer)
    {
        peer = _device.Indices.TryGetTunnel(MessageHeader.ReceiverIndex(message), out var tunnel) ? tunnel!.Owner as Peer : null;
        if (peer is null)
            return DropReason.UnknownReceiverIndex;
        lock (peer.Gate)
        {
            if (peer.IsRemoved)
                return DropReason.UnknownReceiverIndex;
            var reason = MessageHeader.Classify(message) == MessageType.Response
                ? peer.Tunnel.HandleResponse(_worker.Now, message, path)
                : peer.Tunnel.HandleCookieReply(_worker.Now, message);
            return Settle(peer, message.Length, reason);
        }
    }

    // Under the gate.
    private static DropReason Settle(Peer peer, int length, DropReason reason)
    {
        if (reason == DropReason.None)
            peer.ReceivedBytes += (ulong)length;
        peer.Settle();
        return reason;
    }
}
