using System;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Memory;
using Warren.Linux.Udp;
using Warren.Protocol;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>Datagrams of one worker on their way out: one batch per family, each sent with one system call. Neighbours with the same way and
/// size go as one message where the kernel cuts it (UDP_SEGMENT).</summary>
/// <remarks>
/// The worker's thread. Nothing is sent under a peer's gate: ask <see cref="HasRoom"/> before taking it, <see cref="Aim"/>,
/// <see cref="Place"/> and write, and <see cref="Flush()"/> after letting go of it.
/// </remarks>
internal sealed class Outgoing : IDisposable
{
    /// <summary>Datagrams that fit for sure where <see cref="HasRoom"/> is true, if they have <see cref="RoomBytes"/> in all.</summary>
    public const int RoomDatagrams = 128;

    /// <summary>Bytes that fit for sure where <see cref="HasRoom"/> is true: the largest datagram, and more than a super-packet makes.</summary>
    public const int RoomBytes = 128 << 10;

    private const int Messages = 2 * RoomDatagrams;
    private const int Bytes = 2 * RoomBytes;

    /// <summary>How long one flush waits in all for a socket whose buffer is full. What then does not fit is dropped: a worker
    /// that waits receives nothing.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    /// <summary>Flushes after which a size that was refused is tried again: the way may have changed.</summary>
    private const int RetryAfter = 4096;

    private readonly WorkerDrops _drops;
    private readonly Lane _ipv4 = new();
    private readonly Lane _ipv6 = new();
    private readonly PollEvent[] _writable = new PollEvent[1];
    private Poller? _waiter;
    private Lane _aimed;
    private Peer? _peer;
    private Path _path;
    private bool _sameWay;

    public Outgoing(WorkerDrops drops)
    {
        _drops = drops;
        _aimed = _ipv4;
    }

    /// <summary>The sockets to send with; null: none of that family.</summary>
    public UdpSocket? Socket4
    {
        get => _ipv4.Socket;
        set => _ipv4.Use(value);
    }

    /// <inheritdoc cref="Socket4"/>
    public UdpSocket? Socket6
    {
        get => _ipv6.Socket;
        set => _ipv6.Use(value);
    }

    /// <summary>Whether <see cref="RoomDatagrams"/> datagrams of <see cref="RoomBytes"/> in all fit, of either family.</summary>
    public bool HasRoom => _ipv4.HasRoom && _ipv6.HasRoom;

    /// <summary>The buffer in which datagrams of a family are placed.</summary>
    public NativeBuffer Memory(bool ipv6) => (ipv6 ? _ipv6 : _ipv4).Batch.Buffer;

    /// <summary>Messages of a family that wait for the flush.</summary>
    public int Gathered(bool ipv6) => (ipv6 ? _ipv6 : _ipv4).Batch.Count;

    /// <summary>Where the next datagram of a family will be placed: it may be written before that.</summary>
    public Span<byte> Slot(bool ipv6) => (ipv6 ? _ipv6 : _ipv4).Batch.Space;

    /// <summary>Says where the datagrams that are placed next go to.</summary>
    /// <param name="peer">Whose they are; null: nobody's, a cookie reply.</param>
    /// <param name="path">Where they go and, when known, where they leave from.</param>
    public void Aim(Peer? peer, in Path path)
    {
        _aimed = path.Remote.Address.IsIPv6 ? _ipv6 : _ipv4;
        _peer = peer;
        _path = path;
        _sameWay = _aimed.Batch.Count > 0 && _aimed.LastPath == path && _aimed.Peers[_aimed.Batch.Count - 1] == peer;
    }

    /// <summary>Places a datagram and returns where in its family's <see cref="Memory"/>. It is written before the next flush.</summary>
    public int Place(int length)
    {
        var lane = _aimed;
        var batch = lane.Batch;
        var offset = batch.Used;
        if (_sameWay && lane.MayJoin(length))
        {
            batch.Join(length);
            return offset;
        }

        Span<byte> remote = stackalloc byte[16];
        Span<byte> local = stackalloc byte[16];
        var ipv6 = lane == _ipv6;
        var remoteLength = _path.Remote.Address.Write(remote);
        var localLength = 0;
        if (!_path.Local.IsUnspecified && _path.Local.IsIPv6 == ipv6)
            localLength = _path.Local.Write(local);
        lane.Peers[batch.Count] = _peer;
        lane.LastPath = _path;
        _sameWay = true;
        batch.Add(length, remote[..remoteLength], _path.Remote.Port, _path.Remote.ScopeId, local[..localLength], InterfaceOf(_path));
        return offset;
    }

    /// <summary>Places one datagram that was written to <see cref="Slot"/> of its family.</summary>
    public void Add(Peer? peer, int length, in Path path)
    {
        Aim(peer, path);
        Place(length);
    }

    /// <summary>Sends everything. Holds no gate but, after a failure, the failed peer's own.</summary>
    public void Flush()
    {
        if (_ipv4.Batch.Count > 0)
            Flush(_ipv4);
        if (_ipv6.Batch.Count > 0)
            Flush(_ipv6);
    }

    public void Dispose()
    {
        _ipv4.Batch.Dispose();
        _ipv6.Batch.Dispose();
        _waiter?.Dispose();
    }

    // An address of the link's own needs the link; any other is left to the routing table, which may have moved since.
    private static int InterfaceOf(in Path path) => path.Remote.ScopeId != 0 ? path.InterfaceIndex : 0;

    private void Flush(Lane lane)
    {
        var batch = lane.Batch;
        var from = 0;
        var wait = LongestWait;
        var forgot = -1;
        while (from < batch.Count)
        {
            var error = Errno.EAFNOSUPPORT;
            var sent = lane.Socket?.Send(batch, from, out error) ?? 0;
            from += sent;
            if (sent > 0 || from == batch.Count)
                continue;
            if (error == Errno.EAGAIN && TryWait(lane.Socket!, ref wait))
                continue;

            // The remembered local address may be gone: once more without it, and let the peer forget it too. But EINVAL for several
            // datagrams is more often about their size.
            if (SendError.IsStaleSource(error) && forgot != from && batch.HasLocal(from) && !(error == Errno.EINVAL && batch.Segments(from) > 1))
            {
                forgot = from;
                batch.ForgetLocal(from);
                ForgetSource(lane.Peers[from]);
                continue;
            }

            if (batch.Segments(from) > 1 && SendError.MayPassSplit(error))
                SendSplit(lane, from, error, ref wait);
            else
                Drop(lane, from, batch.Segments(from));
            from++;
        }

        Array.Clear(lane.Peers, 0, batch.Count);
        batch.Clear();
        lane.Flushed();
    }

    private void SendSplit(Lane lane, int message, Errno error, ref TimeSpan wait)
    {
        var batch = lane.Batch;
        var isSize = error is Errno.EINVAL or Errno.EMSGSIZE;
        if (SendError.RefusesSegmentation(error))
            lane.Socket!.GiveUpSegmentation();
        var forgot = false;
        for (var datagram = 0; datagram < batch.Segments(message);)
        {
            var sent = lane.Socket!.SendSplit(batch, message, datagram, out error);
            datagram += sent;
            if (sent > 0 || (error == Errno.EAGAIN && TryWait(lane.Socket, ref wait)))
                continue;
            if (SendError.IsStaleSource(error) && !forgot && batch.HasLocal(message))
            {
                forgot = true;
                batch.ForgetLocal(message);
                ForgetSource(lane.Peers[message]);
                continue;
            }

            Drop(lane, message, 1);
            datagram++;
        }

        // Where the local address was wrong, that was why.
        if (isSize && !forgot)
            lane.RefuseSize(batch.SegmentSize(message));
    }

    // Only where seven megabytes of socket buffer are full; a poller of its own keeps the worker's loop simple.
    private bool TryWait(UdpSocket socket, ref TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return false;
        _waiter ??= new Poller();
        _waiter.Add(socket.Descriptor, 0, read: false, write: true);
        var start = MonotonicClock.Ticks;
        var ready = _waiter.Wait(_writable, wait) > 0;
        _waiter.Remove(socket.Descriptor);
        wait -= TimeSpan.FromTicks(Math.Max(1, MonotonicClock.Ticks - start));
        return ready;
    }

    private static void ForgetSource(Peer? peer)
    {
        if (peer is null)
            return;
        lock (peer.Gate)
        {
            if (!peer.IsRemoved)
                peer.Tunnel.ClearSource();
        }
    }

    private void Drop(Lane lane, int message, int count)
    {
        var size = lane.Batch.SegmentSize(message);
        if (lane.Peers[message] is { } peer)
            _drops.Add(DropReason.SendFailed, size, peer, count: (ulong)count);
        else
            _drops.Add(DropReason.SendFailed, size, count: (ulong)count);
    }

    /// <summary>What waits for the socket of one family.</summary>
    private sealed class Lane
    {
        private int _sizeLimit = int.MaxValue;
        private int _flushesToRetry;

        public SendBatch Batch { get; } = new(Messages, Bytes);

        /// <summary>Whose each message is.</summary>
        public Peer?[] Peers { get; } = new Peer?[Messages];

        /// <summary>Where the last message goes.</summary>
        public Path LastPath { get; set; }

        public UdpSocket? Socket { get; private set; }

        public bool HasRoom => Messages - Batch.Count >= RoomDatagrams && Bytes - Batch.Used >= RoomBytes;

        public void Use(UdpSocket? socket)
        {
            Socket = socket;
            _sizeLimit = int.MaxValue;
        }

        public bool MayJoin(int length) =>
            Socket is { } socket && (socket.Offloads & UdpOffloads.Segmentation) != 0 && Batch.SegmentSize(Batch.Count - 1) < _sizeLimit
            && Batch.MayJoin(length);

        /// <summary>A way's MTU is too small for segments of this size: for a while they go by themselves, to be fragmented.</summary>
        public void RefuseSize(int size)
        {
            _sizeLimit = Math.Min(_sizeLimit, size);
            _flushesToRetry = RetryAfter;
        }

        public void Flushed()
        {
            if (_flushesToRetry > 0 && --_flushesToRetry == 0)
                _sizeLimit = int.MaxValue;
        }
    }
}
