using System;
using Warren.Linux.Tun;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Outbound: TUN → UDP, one worker's. A packet goes through these steps on one thread, within one turn of the worker:
/// <list type="number">
/// <item>Read: what the host routed into the TUN, until it is empty or the batch is full.</item>
/// <item>Route: the peer whose allowed IPs hold the destination. A packet of a peer at home elsewhere is handed to that worker.</item>
/// <item>Reserve: once per run of packets of one peer, its gate is taken and counters of its session are reserved under a lease.
/// Without a session the packets are staged in the tunnel, which asks for a handshake.</item>
/// <item>Seal: each packet is padded and sealed from where it was read straight into the datagram that leaves.</item>
/// <item>Send: at the end of the turn, everything with one system call per family (<see cref="Outgoing"/>).</item>
/// </list>
/// </summary>
internal sealed class Outbound : IDisposable
{
    private readonly Worker _worker;
    private readonly Device _device;
    private readonly Outgoing _outgoing;
    private PacketSlots _slots;

    public Outbound(Worker worker, Device device, Outgoing outgoing, int slotSize)
    {
        _worker = worker;
        _device = device;
        _outgoing = outgoing;
        _slots = new PacketSlots(Outgoing.Capacity, slotSize);
        HandedOver = new PacketRing(4 * Outgoing.Capacity, slotSize);
    }

    /// <summary>Packets handed over by other workers: a few turns' worth.</summary>
    public PacketRing HandedOver { get; }

    /// <summary>Steps 1 to 4 for one batch. False: the TUN is empty.</summary>
    public bool ReadFromTun(TunQueue tun)
    {
        var more = true;
        while (!_slots.IsFull && (more = tun.TryRead(_slots.Slot, out var length)))
        {
            var packet = _slots.Slot[..length];
            if (!InnerPacket.TryParse(packet, out _, out var source, out var destination))
                _worker.Drops.AddInner(DropReason.InnerMalformed, length, null, null);
            else if (_device.AllowedIps.Find(destination) is not { } peer)
                _worker.Drops.AddInner(DropReason.NoPeerForDestination, length, source, destination);
            else if (peer.Home == _worker)
                _slots.Add(length, peer);
            else if (!peer.Home.TryHandOverOutbound(packet, peer))
                _worker.Drops.Add(DropReason.QueueFull, length, peer, null, source, destination);
        }

        for (var first = 0; first < _slots.Count;)
        {
            var peer = _slots.PeerOf(first);
            var end = first + 1;
            while (end < _slots.Count && _slots.PeerOf(end) == peer)
                end++;
            first += Carry(peer, new Run(_slots, null, first, end - first));
        }

        _slots.Clear();
        return more;
    }

    /// <summary>Steps 3 and 4 for what other workers read.</summary>
    public void TakeHandedOver()
    {
        var count = HandedOver.Pending(out var first);
        for (var taken = 0; taken < count;)
        {
            var peer = HandedOver.PeerOf(first + taken);
            var length = 1;
            while (taken + length < count && HandedOver.PeerOf(first + taken + length) == peer)
                length++;
            taken += Carry(peer, new Run(null, HandedOver, first + taken, length));
        }

        HandedOver.Done(count);
    }

    /// <summary>Makes room for packets of another size. Between turns.</summary>
    public void Resize(int slotSize)
    {
        _slots.Dispose();
        _slots = new PacketSlots(Outgoing.Capacity, slotSize);
        HandedOver.Grow(slotSize);
    }

    public void Dispose()
    {
        _slots.Dispose();
        HandedOver.Dispose();
    }

    // Returns how many packets were dealt with: fewer than given when the batch of datagrams is full before.
    private int Carry(Peer peer, in Run run)
    {
        if (_outgoing.Room(false) == 0 || _outgoing.Room(true) == 0)
            _outgoing.Flush();

        DropReason refusal;
        int carried;
        lock (peer.Gate)
        {
            refusal = Refusal(peer);
            carried = refusal != DropReason.None ? run.Count : Seal(peer, run);
        }

        if (refusal != DropReason.None)
            Drop(peer, run, refusal);
        _worker.Deadlines.Note(peer);
        return carried;
    }

    private DropReason Refusal(Peer peer)
    {
        if (peer.IsRemoved)
            return DropReason.NoPeerForDestination;
        if (_device.Identity is null)
            return DropReason.PeerHasNoKey;
        return peer.Tunnel.HasEndpoint ? DropReason.None : DropReason.NoEndpoint;
    }

    // Under the gate.
    private int Seal(Peer peer, in Run run)
    {
        var tunnel = peer.Tunnel;
        var path = tunnel.Path;
        var ipv6 = path.Remote.Address.IsIPv6;
        var count = Math.Min(run.Count, _outgoing.Room(ipv6));
        if (!tunnel.TryReserve(_worker.Now, count, out var keypair, out var counter))
        {
            for (var i = 0; i < count; i++)
            {
                var packet = run[i];
                if (tunnel.Stage(_worker.Now, packet, _worker.Mtu) is var reason and not DropReason.None)
                    _worker.Drops.Add(reason, packet.Length, peer);
            }

            peer.Settle();
            return count;
        }

        for (var i = 0; i < count; i++)
        {
            var packet = run[i];
            var padded = MessageHeader.PaddedLength(packet.Length, _worker.Mtu);
            var length = keypair.Seal(counter + (ulong)i, packet, padded, _outgoing.Slot(ipv6));
            _outgoing.Add(peer, length, path);
            peer.SentBytes += (ulong)length;
        }

        keypair.Release();
        tunnel.Sent(_worker.Now, keypair, count);
        peer.Settle();
        return count;
    }

    private void Drop(Peer peer, in Run run, DropReason reason)
    {
        for (var i = 0; i < run.Count; i++)
        {
            var packet = run[i];
            if (InnerPacket.TryParse(packet, out _, out var source, out var destination))
                _worker.Drops.Add(reason, packet.Length, peer, null, source, destination);
        }
    }

    /// <summary>Packets of one peer, side by side in one of two places.</summary>
    private readonly ref struct Run(PacketSlots? read, PacketRing? handedOver, int first, int count)
    {
        public int Count => count;

        public ReadOnlySpan<byte> this[int index] => read is not null ? read[first + index] : handedOver![first + index];
    }
}
