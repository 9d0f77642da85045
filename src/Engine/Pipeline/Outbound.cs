using System;
using Warren.Engine.Offload;
using Warren.Linux.Tun;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Outbound: TUN → UDP, one worker's. A packet goes through these steps on one thread, within one turn of the worker:
/// <list type="number">
/// <item>Read: what the host routed into this worker's queue of the TUN, until it is empty or the batch is full. With the kernel's offloads
/// one read brings a super-packet of up to 64 KiB (<see cref="SuperPacket"/>).</item>
/// <item>Route: the peer whose allowed IPs hold the destination.</item>
/// <item>Reserve: once per chunk of segments of one peer, its gate is taken and counters of its session are reserved under a lease.
/// Without a session the packets are staged in the tunnel, which asks for a handshake.</item>
/// <item>Cut and seal: each segment's headers are written in the datagram that leaves, the payload is sealed from where it was read
/// straight into it, all of a chunk at once.</item>
/// <item>Send: at the end of the turn, everything with one system call per family (<see cref="Outgoing"/>).</item>
/// </list>
/// </summary>
internal sealed class Outbound : IDisposable
{
    /// <summary>A block of ChaCha20: the first bytes of a text may stand elsewhere than the rest in whole blocks.</summary>
    private const int CipherBlock = 64;

    private readonly Worker _worker;
    private readonly Device _device;
    private readonly Outgoing _outgoing;
    private readonly TunQueue _tun;
    private readonly bool _hasHeader;
    private readonly InnerBatch _read = new();
    private readonly AeadPacket[] _packets = new AeadPacket[Outgoing.RoomDatagrams];

    public Outbound(Worker worker, Device device, Outgoing outgoing, TunQueue tun, TunOffloads offloads)
    {
        _worker = worker;
        _device = device;
        _outgoing = outgoing;
        _tun = tun;
        _hasHeader = offloads.HasFlag(TunOffloads.VnetHeader);
    }

    /// <summary>All steps but the last for one batch. False: the TUN is empty.</summary>
    public bool ReadFromTun()
    {
        var more = true;
        while (!_read.IsFull && (more = _tun.TryRead(_read.Space, out var length)))
            Route(length);
        for (var first = 0; first < _read.Count;)
        {
            var peer = _read[first].Peer;
            var end = first + 1;
            while (end < _read.Count && _read[end].Peer == peer)
                end++;
            Carry(peer, first, end);
            first = end;
        }

        _read.Clear();
        return more;
    }

    public void Dispose() => _read.Dispose();

    private void Route(int length)
    {
        var before = _hasHeader ? VirtioNetHeader.Size : 0;
        var header = _hasHeader && length >= before ? VirtioNetHeader.Read(_read.Space) : default;
        var packet = _read.Space[Math.Min(before, length)..length];
        if (!SuperPacket.TryParse(header, packet, out var super) || !InnerPacket.TryReadAddresses(packet, out var source, out var destination))
        {
            _worker.Drops.AddInner(DropReason.InnerMalformed, packet.Length, null, null);
            return;
        }

        // A packet that is not cut says its length itself; of a super-packet that field means nothing.
        if (super.HeaderLength == 0)
        {
            header = default;
            if (!InnerPacket.TryParse(packet, out _, out _, out _))
            {
                _worker.Drops.AddInner(DropReason.InnerMalformed, packet.Length, null, null);
                return;
            }
        }

        if (_device.AllowedIps.Find(destination) is { } peer)
            _read.Add(before, packet.Length, header, peer);
        else
            _worker.Drops.AddInner(DropReason.NoPeerForDestination, packet.Length, source, destination, (ulong)super.Count);
    }

    // Chunk by chunk: what was read of one peer, side by side.
    private void Carry(Peer peer, int first, int end)
    {
        var cursor = new Cursor(first, 0);
        while (cursor.Entry < end)
        {
            if (!_outgoing.HasRoom)
                _outgoing.Flush();
            var start = cursor;
            var count = Measure(ref cursor, end, out var bytes);
            if (Reserve(peer, count, bytes, out var path, out var keypair, out var counter) is var refusal and not DropReason.None)
                Drop(peer, start, count, refusal);
            else if (keypair is null)
                Stage(peer, start, count);
            else
                Seal(peer, path, keypair, counter, start, count);
        }
    }

    // Lengths of the coming segments, as many as fit into a chunk. The rest of _packets is filled in when they are sealed.
    private int Measure(ref Cursor cursor, int end, out int bytes)
    {
        var count = 0;
        bytes = 0;
        for (; cursor.Entry < end; cursor = new Cursor(cursor.Entry + 1, 0))
        {
            ref readonly var entry = ref _read[cursor.Entry];
            SuperPacket.TryParse(entry.Header, _read.Packet(entry), out var super);
            for (; cursor.Segment < super.Count; cursor = cursor with { Segment = cursor.Segment + 1 })
            {
                var length = super.Length(cursor.Segment);
                var padded = MessageHeader.PaddedLength(length, _worker.Mtu);
                var datagram = MessageSize.TransportHeader + padded + MessageSize.Tag;
                if (count == _packets.Length || (count > 0 && bytes + datagram > Outgoing.RoomBytes))
                    return count;
                ref var packet = ref _packets[count++];
                packet.Length = length;
                packet.PaddedLength = padded;
                bytes += datagram;
            }
        }

        return count;
    }

    private DropReason Reserve(
        Peer peer, int count, int bytes, out Path path, out Keypair? keypair, out ulong counter)
    {
        path = default;
        keypair = null;
        counter = 0;
        lock (peer.Gate)
        {
            if (peer.IsRemoved)
                return DropReason.NoPeerForDestination;
            if (_device.Identity is null)
                return DropReason.PeerHasNoKey;
            var tunnel = peer.Tunnel;
            if (!tunnel.HasEndpoint)
                return DropReason.NoEndpoint;
            path = tunnel.Path;
            if (tunnel.TryReserve(_worker.Now, count, out keypair, out counter))
            {
                // Stamped before they are sealed, which takes microseconds: one taking of the gate is enough.
                tunnel.Sent(_worker.Now, keypair, count);
                peer.SentBytes += (ulong)bytes;
            }

            peer.Settle();
        }

        _worker.Note(peer);
        return DropReason.None;
    }

    private void Seal(Peer peer, in Path path, Keypair keypair, ulong counter, Cursor cursor, int count)
    {
        var ipv6 = path.Remote.Address.IsIPv6;
        var buffer = _outgoing.Memory(ipv6).Span;
        _outgoing.Aim(peer, path);
        for (var i = 0; i < count; cursor = new Cursor(cursor.Entry + 1, 0))
        {
            ref readonly var entry = ref _read[cursor.Entry];
            SuperPacket.TryParse(entry.Header, _read.Packet(entry), out var super);
            for (var segment = cursor.Segment; segment < super.Count && i < count; segment++, i++)
            {
                ref var packet = ref _packets[i];
                packet.Counter = counter + (ulong)i;
                packet.Destination = _outgoing.Place(MessageSize.TransportHeader + packet.PaddedLength + MessageSize.Tag) + MessageSize.TransportHeader;
                packet.Source = entry.Offset + super.PayloadOffset(segment);
                packet.InPlace = super.HeaderLength == 0 ? 0 : WriteHead(super, segment, entry, packet.Length, buffer[packet.Destination..]);
                packet.Source += Math.Max(0, packet.InPlace - super.HeaderLength);
            }
        }

        _worker.Cipher(keypair, _read.Buffer, _outgoing.Memory(ipv6), _packets, count);
        keypair.Release();
    }

    // The headers, and payload up to a whole number of cipher blocks: what is sealed in place.
    private int WriteHead(in SuperPacket super, int segment, in InnerBatch.Entry entry, int length, Span<byte> text)
    {
        super.WriteHeader(segment, text);
        var head = Math.Min(length, (super.HeaderLength + CipherBlock - 1) & -CipherBlock);
        var payload = head - super.HeaderLength;
        _read.Buffer.Span.Slice(entry.Offset + super.PayloadOffset(segment), payload).CopyTo(text[super.HeaderLength..]);
        return head;
    }

    private void Stage(Peer peer, Cursor cursor, int count)
    {
        for (var i = 0; i < count; cursor = new Cursor(cursor.Entry + 1, 0))
        {
            ref readonly var entry = ref _read[cursor.Entry];
            SuperPacket.TryParse(entry.Header, _read.Packet(entry), out var super);
            for (var segment = cursor.Segment; segment < super.Count && i < count; segment++, i++)
            {
                var packet = Whole(super, segment, entry);
                DropReason reason;
                lock (peer.Gate)
                {
                    reason = peer.IsRemoved ? DropReason.NoPeerForDestination : peer.Tunnel.Stage(_worker.Now, packet, _worker.Mtu);
                    peer.Settle();
                }

                if (reason != DropReason.None)
                    _worker.Drops.Add(reason, packet.Length, peer);
            }
        }

        _worker.Note(peer);
    }

    // A segment as a packet of its own: rare, without a session. Written where the next datagram will be, which is free.
    private ReadOnlySpan<byte> Whole(in SuperPacket super, int segment, in InnerBatch.Entry entry)
    {
        if (super.HeaderLength == 0)
            return _read.Packet(entry);
        var packet = _outgoing.Slot(false)[..super.Length(segment)];
        super.WriteHeader(segment, packet);
        _read.Buffer.Span.Slice(entry.Offset + super.PayloadOffset(segment), packet.Length - super.HeaderLength).CopyTo(packet[super.HeaderLength..]);
        return packet;
    }

    private void Drop(Peer peer, Cursor start, int count, DropReason reason)
    {
        for (var i = 0; i < count; i++)
        {
            var packet = _read.Packet(_read[start.Entry]);
            if (InnerPacket.TryReadAddresses(packet, out var source, out var destination))
                _worker.Drops.Add(reason, _packets[i].Length, peer, null, source, destination);
            SuperPacket.TryParse(_read[start.Entry].Header, packet, out var super);
            start = start.Segment + 1 < super.Count ? start with { Segment = start.Segment + 1 } : new Cursor(start.Entry + 1, 0);
        }
    }

    /// <summary>A segment of what was read.</summary>
    private readonly record struct Cursor(int Entry, int Segment);
}
