using System;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Inbound: UDP → TUN, one worker's; reads against <see cref="Outbound"/>. A datagram goes through these steps on one thread, within one
/// turn of the worker:
/// <list type="number">
/// <item>Receive: a batch of messages with one system call, each with its source and the local address it came to; with UDP_GRO a message
/// is many datagrams.</item>
/// <item>Sort: handshake messages go to the door (<see cref="HandshakeDoor"/>), transport messages to the keypair of their receiver
/// index.</item>
/// <item>Open: once per run of one keypair a lease is taken; the run is opened in place, all of it at once.</item>
/// <item>Accept: under the peer's gate, once per run: replay window, expiry, roaming, timers.</item>
/// <item>Deliver: the inner source must be the peer's own; then the packets are joined and written to a queue of the TUN
/// (<see cref="Delivery"/>).</item>
/// </list>
/// </summary>
internal sealed class Inbound : IDisposable
{
    /// <summary>The largest UDP payload there is (a peer's MTU may be larger than ours), and 24 cache lines more: slots that lay 64 KiB apart
    /// would meet in the same few sets of a processor's caches when each holds one datagram.</summary>
    private const int SlotSize = 65536 + (24 * 64);

    /// <summary>Messages of one system call, while they are small.</summary>
    private const int MostMessages = 64;

    /// <summary>Messages of one system call, while each brings many datagrams: what stays in a processor's second cache.</summary>
    private const int FewMessages = 4;

    /// <summary>A message from which on it counts as large.</summary>
    private const int LargeMessage = 16384;

    /// <summary>Datagrams opened at once.</summary>
    private const int MostDatagrams = 256;

    private readonly Worker _worker;
    private readonly Device _device;
    private readonly HandshakeDoor _door;
    private readonly Delivery _delivery;
    private readonly ReceiveBatch _batch = new(MostMessages, SlotSize);
    private readonly Path[] _paths = new Path[MostMessages];
    private int _limit = MostMessages;

    // The run at hand: datagrams of one keypair.
    private readonly AeadPacket[] _packets = new AeadPacket[MostDatagrams];
    private readonly int[] _messages = new int[MostDatagrams];
    private readonly DropReason[] _verdicts = new DropReason[MostDatagrams];
    private Keypair? _keypair;
    private int _count;

    public Inbound(Worker worker, Device device, TunDevice tun, int index, HandshakeDoor door)
    {
        _worker = worker;
        _device = device;
        _door = door;
        _delivery = new Delivery(worker, device, tun, index, MostDatagrams);
    }

    /// <summary>All steps for one batch. False: the socket is empty.</summary>
    public bool Receive(UdpSocket socket)
    {
        var count = socket.Receive(_batch, _limit);
        var isFull = count == _limit;
        var largest = 0;
        for (var i = 0; i < count; i++)
        {
            largest = Math.Max(largest, _batch.Length(i));
            _paths[i] = PathOf(i);
            Sort(i);
        }

        OpenRun();
        if (count > 0)
            _limit = largest >= LargeMessage ? FewMessages : MostMessages;
        return isFull;
    }

    public void Dispose()
    {
        _batch.Dispose();
        _delivery.Dispose();
    }

    private Path PathOf(int i)
    {
        Span<byte> address = stackalloc byte[16];
        _batch.GetSource(i, address, out var length, out var port, out var scope);
        var remote = new Endpoint(length == 0 ? default : IpAddress.FromBytes(address[..length]), port, scope);
        _batch.GetLocal(i, address, out length, out var interfaceIndex);
        return new Path(remote, length == 0 ? default : IpAddress.FromBytes(address[..length]), interfaceIndex);
    }

    private void Sort(int message)
    {
        var bytes = _batch.Datagram(message);
        if (_batch.Truncated(message))
        {
            _worker.Drops.Add(DropReason.TooBig, bytes.Length, _paths[message].Remote);
            return;
        }

        var size = _batch.SegmentSize(message);
        for (var offset = 0; offset < bytes.Length || offset == 0; offset += size)
        {
            Sort(bytes[offset..Math.Min(offset + size, bytes.Length)], message, _batch.Offset(message) + offset);
            if (size == 0)
                break; // An empty datagram.
        }
    }

    private void Sort(ReadOnlySpan<byte> datagram, int message, int offset)
    {
        switch (MessageHeader.Classify(datagram))
        {
            case MessageType.Transport:
                var index = MessageHeader.ReceiverIndex(datagram);
                if (_keypair?.LocalIndex != index || _count == MostDatagrams)
                {
                    OpenRun();
                    if (!_device.Indices.TryGetKeypair(index, out _keypair))
                    {
                        _worker.Drops.Add(DropReason.UnknownReceiverIndex, datagram.Length, _paths[message].Remote);
                        return;
                    }
                }

                _messages[_count] = message;
                _packets[_count++] = new AeadPacket
                {
                    Counter = MessageHeader.Counter(datagram),
                    Destination = offset + MessageSize.TransportHeader,
                    PaddedLength = datagram.Length - MessageSize.Keepalive,
                };
                break;
            case MessageType.Invalid:
                _worker.Drops.Add(DropReason.Malformed, datagram.Length, _paths[message].Remote);
                break;
            default:
                _door.Admit(datagram, _paths[message]);
                break;
        }
    }

    private void OpenRun()
    {
        if (_keypair?.Tunnel.Owner is Peer peer && _count > 0)
        {
            Open(_keypair, peer);
            for (var i = 0; i < _count; i++)
            {
                if (_verdicts[i] != DropReason.None)
                    _worker.Drops.Add(_verdicts[i], _packets[i].PaddedLength + MessageSize.Keepalive, peer, _paths[_messages[i]].Remote);
                else if (_packets[i].PaddedLength > 0)
                    _delivery.Add(_batch.Buffer, _packets[i].Destination, _packets[i].PaddedLength, peer, _paths[_messages[i]]);
            }

            _delivery.Write(_batch.Buffer, peer, _paths[_messages[_count - 1]]);
        }

        _keypair = null;
        _count = 0;
    }

    private void Open(Keypair keypair, Peer peer)
    {
        if (!keypair.TryAcquire())
        {
            Array.Fill(_verdicts, DropReason.KeypairExpired, 0, _count);
            return;
        }

        _worker.Cipher(keypair, null, _batch.Buffer, _packets, _count);
        keypair.Release();
        lock (peer.Gate)
        {
            for (var i = 0; i < _count; i++)
            {
                ref readonly var packet = ref _packets[i];
                _verdicts[i] = !packet.IsAuthentic ? DropReason.AuthenticationFailed
                    : peer.IsRemoved ? DropReason.KeypairExpired
                    : peer.Tunnel.Accept(_worker.Now, keypair, packet.Counter, packet.PaddedLength, _paths[_messages[i]]);
                if (_verdicts[i] == DropReason.None)
                    peer.ReceivedBytes += (ulong)(packet.PaddedLength + MessageSize.Keepalive);
            }

            if (!peer.IsRemoved)
                peer.Settle();
        }

        _worker.Note(peer);
    }
}
