using System;
using Warren.Linux;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Inbound: UDP → TUN, one worker's; reads against <see cref="Outbound"/>. A datagram goes through these steps on one thread, within one
/// turn of the worker:
/// <list type="number">
/// <item>Receive: a batch of datagrams with one system call, each with its source and the local address it came to.</item>
/// <item>Sort: handshake messages go to the door (<see cref="HandshakeDoor"/>), transport messages to the keypair of their receiver
/// index. Those of a peer at home elsewhere are handed to that worker.</item>
/// <item>Open: once per run of one keypair a lease is taken; each datagram is opened in place.</item>
/// <item>Accept: under the peer's gate, once per run: replay window, expiry, roaming, timers.</item>
/// <item>Deliver: the inner source must be the peer's own; then the packet is written to the TUN.</item>
/// </list>
/// </summary>
internal sealed class Inbound : IDisposable
{
    /// <summary>The largest UDP payload there is: a peer's MTU may be larger than ours.</summary>
    private const int LargestDatagram = 65536;

    private const int Capacity = Outgoing.Capacity;

    private readonly Worker _worker;
    private readonly Device _device;
    private readonly TunQueue _tun;
    private readonly HandshakeDoor _door;
    private readonly ReceiveBatch _batch = new(Capacity, LargestDatagram);

    // Per datagram of the batch at hand.
    private readonly Path[] _paths = new Path[HandedOverCapacity];
    private readonly Keypair?[] _keypairs = new Keypair?[HandedOverCapacity];
    private readonly int[] _lengths = new int[HandedOverCapacity];
    private readonly DropReason[] _verdicts = new DropReason[HandedOverCapacity];

    private const int HandedOverCapacity = 4 * Capacity;

    public Inbound(Worker worker, Device device, TunQueue tun, HandshakeDoor door)
    {
        _worker = worker;
        _device = device;
        _tun = tun;
        _door = door;
    }

    /// <summary>Transport messages handed over by other workers: a few turns' worth.</summary>
    public PacketRing HandedOver { get; } = new(HandedOverCapacity, Worker.SlotSize(1500));

    /// <summary>All steps for one batch. False: the socket is empty.</summary>
    public bool Receive(UdpSocket socket)
    {
        var count = socket.Receive(_batch);
        for (var i = 0; i < count; i++)
        {
            _paths[i] = PathOf(i);
            _keypairs[i] = Sort(i);
        }

        OpenRuns(null, 0, count);
        return count == Capacity;
    }

    /// <summary>Steps 3 to 5 for what other workers received.</summary>
    public void TakeHandedOver()
    {
        var count = HandedOver.Pending(out var first);
        for (var i = 0; i < count; i++)
        {
            var datagram = HandedOver[first + i];
            _paths[i] = HandedOver.PathOf(first + i);
            _keypairs[i] = Find(datagram, _paths[i]);
        }

        OpenRuns(HandedOver, first, count);
        HandedOver.Done(count);
    }

    public void Dispose()
    {
        _batch.Dispose();
        HandedOver.Dispose();
    }

    private Path PathOf(int i)
    {
        Span<byte> address = stackalloc byte[16];
        _batch.GetSource(i, address, out var length, out var port, out var scope);
        var remote = new Endpoint(length == 0 ? default : IpAddress.FromBytes(address[..length]), port, scope);
        _batch.GetLocal(i, address, out length, out var interfaceIndex);
        return new Path(remote, length == 0 ? default : IpAddress.FromBytes(address[..length]), interfaceIndex);
    }

    // Null when there is nothing more to do for the datagram here.
    private Keypair? Sort(int i)
    {
        var datagram = _batch.Datagram(i);
        if (_batch.Truncated(i))
        {
            _worker.Drops.Add(DropReason.TooBig, datagram.Length, _paths[i].Remote);
            return null;
        }

        switch (MessageHeader.Classify(datagram))
        {
            case MessageType.Transport:
                var keypair = Find(datagram, _paths[i]);
                if (keypair?.Tunnel.Owner is not Peer peer || peer.Home == _worker)
                    return keypair;
                if (!peer.Home.TryHandOverInbound(datagram, peer, _paths[i]))
                    _worker.Drops.Add(DropReason.QueueFull, datagram.Length, peer, _paths[i].Remote);
                return null;
            case MessageType.Invalid:
                _worker.Drops.Add(DropReason.Malformed, datagram.Length, _paths[i].Remote);
                return null;
            default:
                _door.Admit(datagram, _paths[i]);
                return null;
        }
    }

    private Keypair? Find(ReadOnlySpan<byte> datagram, in Path path)
    {
        if (_device.Indices.TryGetKeypair(MessageHeader.ReceiverIndex(datagram), out var keypair))
            return keypair;
        _worker.Drops.Add(DropReason.UnknownReceiverIndex, datagram.Length, path.Remote);
        return null;
    }

    private void OpenRuns(PacketRing? handedOver, int offset, int count)
    {
        for (var first = 0; first < count;)
        {
            var keypair = _keypairs[first];
            var end = first + 1;
            while (end < count && _keypairs[end] == keypair)
                end++;
            if (keypair?.Tunnel.Owner is Peer peer)
            {
                OpenRun(keypair, peer, handedOver, offset, first, end);
                for (var i = first; i < end; i++)
                    Deliver(i, peer, Datagram(handedOver, offset + i));
            }

            first = end;
        }

        Array.Clear(_keypairs, 0, count);
    }

    private Span<byte> Datagram(PacketRing? handedOver, int index) => handedOver is null ? _batch.Datagram(index) : handedOver[index];

    private void OpenRun(Keypair keypair, Peer peer, PacketRing? handedOver, int offset, int first, int end)
    {
        if (!keypair.TryAcquire())
        {
            Array.Fill(_verdicts, DropReason.KeypairExpired, first, end - first);
            return;
        }

        for (var i = first; i < end; i++)
        {
            var datagram = Datagram(handedOver, offset + i);
            _verdicts[i] = keypair.TryOpen(datagram, datagram[MessageSize.TransportHeader..], out _lengths[i])
                ? DropReason.None
                : DropReason.AuthenticationFailed;
        }

        lock (peer.Gate)
        {
            for (var i = first; i < end; i++)
            {
                if (_verdicts[i] != DropReason.None)
                    continue;
                var datagram = Datagram(handedOver, offset + i);
                _verdicts[i] = peer.IsRemoved
                    ? DropReason.KeypairExpired
                    : peer.Tunnel.Accept(_worker.Now, keypair, MessageHeader.Counter(datagram), _lengths[i], _paths[i]);
                if (_verdicts[i] == DropReason.None)
                    peer.ReceivedBytes += (ulong)datagram.Length;
            }

            if (!peer.IsRemoved)
                peer.Settle();
        }

        keypair.Release();
        _worker.Deadlines.Note(peer);
    }

    private void Deliver(int i, Peer peer, ReadOnlySpan<byte> datagram)
    {
        if (_verdicts[i] != DropReason.None)
        {
            _worker.Drops.Add(_verdicts[i], datagram.Length, peer, _paths[i].Remote);
            return;
        }

        if (_lengths[i] == 0)
            return; // A keepalive.
        var packet = datagram.Slice(MessageSize.TransportHeader, _lengths[i]);
        if (!InnerPacket.TryParse(packet, out var length, out var source, out var destination))
        {
            _worker.Drops.Add(DropReason.InnerMalformed, datagram.Length, peer, _paths[i].Remote);
            return;
        }

        if (_device.AllowedIps.Find(source) != peer)
        {
            _worker.Drops.Add(DropReason.SourceNotAllowed, datagram.Length, peer, _paths[i].Remote, source, destination);
            return;
        }

        var error = _tun.Write(packet[..length]);
        if (error != Errno.None)
        {
            // EIO: the interface is down (tun_get_user of drivers/net/tun.c).
            var reason = error == Errno.EIO ? DropReason.DeviceDown : DropReason.TunWriteFailed;
            _worker.Drops.Add(reason, datagram.Length, peer, _paths[i].Remote, source, destination);
        }
    }
}
