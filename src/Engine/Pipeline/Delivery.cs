using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Warren.Engine.Offload;
using Warren.Linux;
using Warren.Linux.Memory;
using Warren.Linux.Tun;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>The last step of <see cref="Inbound"/>: opened packets of one peer are looked at, joined and written to the TUN.</summary>
/// <remarks>One worker's. <see cref="Add"/> the packets of a run in order, then <see cref="Write"/>.</remarks>
internal sealed class Delivery : IDisposable
{
    /// <summary>Room for IP and TCP headers with all options: what joining changes.</summary>
    private const int LongestHeaders = TransportHeader.IPv6Length + 60;

    private readonly Worker _worker;
    private readonly Device _device;
    private readonly TunDevice _tun;
    private readonly TunQueue _own;
    private readonly int _capacity;
    private readonly int _headerSize;
    private readonly NativeBuffer _header = new(VirtioNetHeader.Size);
    private readonly GatherList _pieces = new(GatherList.MostPieces);
    private TunOffloads _offloads;
    private Coalescer _coalescer;
    private IpAddress _lastSource;
    private bool _lastAllowed;

    public Delivery(Worker worker, Device device, TunDevice tun, int index, int capacity)
    {
        _worker = worker;
        _device = device;
        _tun = tun;
        _own = tun[index];
        _capacity = capacity;
        var offloads = tun.Offloads;
        _headerSize = offloads.HasFlag(TunOffloads.VnetHeader) ? VirtioNetHeader.Size : 0;
        _offloads = offloads;
        _coalescer = new Coalescer(capacity, offloads);
    }

    /// <summary>Takes what was inside a datagram, unless it may not come from this peer.</summary>
    public void Add(NativeBuffer buffer, int offset, int paddedLength, Peer peer, in Path path)
    {
        var inside = buffer.Span.Slice(offset, paddedLength);
        if (!InnerPacket.TryParse(inside, out var length, out var source, out var destination))
        {
            _worker.Drops.Add(DropReason.InnerMalformed, paddedLength + MessageSize.Keepalive, peer, path.Remote);
            return;
        }

        if (!_lastAllowed || source != _lastSource)
        {
            _lastSource = source;
            _lastAllowed = _device.AllowedIps.Find(source) == peer;
            if (!_lastAllowed)
            {
                _worker.Drops.Add(DropReason.SourceNotAllowed, paddedLength + MessageSize.Keepalive, peer, path.Remote, source, destination);
                return;
            }
        }

        _coalescer.Add(buffer.Span, offset, length);
    }

    /// <summary>Writes everything taken.</summary>
    /// <param name="buffer">Where it stands.</param>
    /// <param name="peer">Whose it is.</param>
    /// <param name="path">How the last of it came, for the evidence of a drop.</param>
    public void Write(NativeBuffer buffer, Peer peer, in Path path)
    {
        _lastAllowed = false;
        for (var i = 0; i < _coalescer.Count; i++)
        {
            if (_coalescer.Segments(i) == 1)
                WriteOne(buffer, _coalescer.First(i), peer, path);
            else
                WriteJoined(buffer, i, peer, path);
        }

        _coalescer.Clear();
        if (_coalescer.Offloads != _offloads)
            _coalescer = new Coalescer(_capacity, _offloads);
    }

    public void Dispose()
    {
        _header.Dispose();
        _pieces.Dispose();
    }

    private void WriteJoined(NativeBuffer buffer, int i, Peer peer, in Path path)
    {
        var first = _coalescer.First(i);
        var length = _coalescer.HeaderLength(i);
        Span<byte> saved = stackalloc byte[LongestHeaders];
        buffer.Span.Slice(_coalescer.Offset(first), length).CopyTo(saved);

        var header = _coalescer.Finish(buffer.Span, i);
        header.Write(_header.Span);
        Begin(buffer, first);
        var fits = true;
        for (var next = _coalescer.Next(first); next >= 0 && fits; next = _coalescer.Next(next))
            fits = _pieces.TryAdd(buffer, _coalescer.Offset(next) + length, _coalescer.Length(next) - length);
        var error = fits ? QueueOf(buffer, first).Write(_pieces) : Errno.EINVAL;
        if (error == Errno.None)
            return;

        // A kernel that cannot take it joined takes it apart. EINVAL: it will not learn; the rest is want of memory.
        saved[..length].CopyTo(buffer.Span[_coalescer.Offset(first)..]);
        if (error == Errno.EINVAL)
            _offloads &= header.Segmentation == VirtioSegmentation.Udp ? ~TunOffloads.Udp : ~(TunOffloads.Udp | TunOffloads.Tcp);
        for (var packet = first; packet >= 0; packet = _coalescer.Next(packet))
            WriteOne(buffer, packet, peer, path);
    }

    private void WriteOne(NativeBuffer buffer, int packet, Peer peer, in Path path)
    {
        _header.Span.Clear();
        Begin(buffer, packet);
        var error = QueueOf(buffer, packet).Write(_pieces);
        if (error == Errno.None)
            return;
        InnerPacket.TryReadAddresses(buffer.Span[_coalescer.Offset(packet)..], out var source, out var destination);

        // EIO: the interface is down (tun_get_user of drivers/net/tun.c).
        var reason = error == Errno.EIO ? DropReason.DeviceDown : DropReason.TunWriteFailed;
        _worker.Drops.Add(reason, _coalescer.Length(packet) + MessageSize.Keepalive, peer, path.Remote, source, destination);
    }

    // The kernel hands a flow's packets to the queue that last wrote some of it (tun_automq_select_queue of drivers/net/tun.c). All of a peer arrives
    // at one worker: written to its own queue, all of the answers would come back to it, too. So flows are spread by their addresses and ports.
    // Any thread may write to any queue, and a flow's packets are always written by one.
    private TunQueue QueueOf(NativeBuffer buffer, int packet)
    {
        if (_tun.QueueCount == 1)
            return _own;
        var bytes = buffer.Span.Slice(_coalescer.Offset(packet), _coalescer.Length(packet));
        var (from, length) = bytes[0] >> 4 == 6 ? (8, 36) : (12, 12);
        if (bytes.Length < from + length)
            return _own;
        var hash = 0u;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(bytes.Slice(from, length)))
            hash = (BitOperations.RotateLeft(hash, 5) ^ word) * 0x9e3779b1;

        // The upper bits are those that every word has reached.
        return _tun[(int)(((ulong)hash * (uint)_tun.QueueCount) >> 32)];
    }

    private void Begin(NativeBuffer buffer, int packet)
    {
        _pieces.Clear();
        if (_headerSize > 0)
            _pieces.TryAdd(_header, 0, _headerSize);
        _pieces.TryAdd(buffer, _coalescer.Offset(packet), _coalescer.Length(packet));
    }
}
