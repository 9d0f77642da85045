using System;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Udp;
using Warren.Protocol;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>Datagrams of one worker on their way out: one batch per family, each sent with one system call.</summary>
/// <remarks>
/// The worker's thread. Nothing is sent under a peer's gate: ask <see cref="Room"/> before taking it, write into
/// <see cref="Slot"/>, <see cref="Add"/>, and <see cref="Flush()"/> after letting go of it.
/// </remarks>
internal sealed class Outgoing : IDisposable
{
    /// <summary>Datagrams per system call: what a full read of the TUN yields.</summary>
    public const int Capacity = 64;

    /// <summary>How long one flush waits in all for a socket whose buffer is full. What then does not fit is dropped: a worker
    /// that waits receives nothing.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    private readonly WorkerDrops _drops;
    private readonly Peer?[] _peers4 = new Peer?[Capacity];
    private readonly Peer?[] _peers6 = new Peer?[Capacity];
    private readonly PollEvent[] _writable = new PollEvent[1];
    private SendBatch _batch4;
    private SendBatch _batch6;

    public Outgoing(WorkerDrops drops, int slotSize)
    {
        _drops = drops;
        _batch4 = new SendBatch(Capacity, slotSize);
        _batch6 = new SendBatch(Capacity, slotSize);
    }

    /// <summary>The sockets to send with; null: none of that family.</summary>
    public UdpSocket? Socket4 { get; set; }

    /// <inheritdoc cref="Socket4"/>
    public UdpSocket? Socket6 { get; set; }

    /// <summary>How many more datagrams of a family fit.</summary>
    public int Room(bool ipv6) => Capacity - (ipv6 ? _batch6 : _batch4).Count;

    /// <summary>Where the next datagram of a family is written.</summary>
    public Span<byte> Slot(bool ipv6) => (ipv6 ? _batch6 : _batch4).Slot;

    /// <summary>Takes the datagram written into the slot of the path's family.</summary>
    /// <param name="peer">Whose it is; null: nobody's, a cookie reply.</param>
    /// <param name="length">Bytes written.</param>
    /// <param name="path">Where it goes and, when known, where it leaves from.</param>
    public void Add(Peer? peer, int length, in Path path)
    {
        var ipv6 = path.Remote.Address.IsIPv6;
        var batch = ipv6 ? _batch6 : _batch4;
        Span<byte> remote = stackalloc byte[16];
        Span<byte> local = stackalloc byte[16];
        var remoteLength = path.Remote.Address.Write(remote);
        var localLength = 0;
        if (!path.Local.IsUnspecified && path.Local.IsIPv6 == ipv6)
            localLength = path.Local.Write(local);
        (ipv6 ? _peers6 : _peers4)[batch.Count] = peer;
        batch.Add(length, remote[..remoteLength], path.Remote.Port, path.Remote.ScopeId, local[..localLength], InterfaceOf(path));
    }

    // An address of the link's own needs the link; any other is left to the routing table, which may have moved since.
    private static int InterfaceOf(in Path path) => path.Remote.ScopeId != 0 ? path.InterfaceIndex : 0;

    /// <summary>Sends everything. Holds no gate but, after a failure, the failed peer's own.</summary>
    public void Flush()
    {
        if (_batch4.Count > 0)
            Flush(_batch4, Socket4, _peers4);
        if (_batch6.Count > 0)
            Flush(_batch6, Socket6, _peers6);
    }

    /// <summary>Makes room for datagrams of another size. Nothing may be waiting.</summary>
    public void Resize(int slotSize)
    {
        _batch4.Dispose();
        _batch6.Dispose();
        _batch4 = new SendBatch(Capacity, slotSize);
        _batch6 = new SendBatch(Capacity, slotSize);
    }

    public void Dispose()
    {
        _batch4.Dispose();
        _batch6.Dispose();
    }

    private void Flush(SendBatch batch, UdpSocket? socket, Peer?[] peers)
    {
        var from = 0;
        var wait = LongestWait;
        var forgot = -1;
        while (from < batch.Count)
        {
            var error = Errno.EAFNOSUPPORT;
            var sent = socket?.Send(batch, from, out error) ?? 0;
            from += sent;
            if (sent > 0 || from == batch.Count)
                continue;
            if (error == Errno.EAGAIN && TryWait(socket!, ref wait))
                continue;

            // The remembered local address may be gone: once more without it, and let the peer forget it too.
            if (SendError.IsStaleSource(error) && forgot != from)
            {
                forgot = from;
                batch.ForgetLocal(from);
                ForgetSource(peers[from]);
                continue;
            }

            Drop(batch, from, peers[from]);
            from++;
        }

        batch.Clear();
        Array.Clear(peers);
    }

    // Only on the rare path where seven megabytes of socket buffer are full; a poller of its own keeps the worker's loop simple.
    private bool TryWait(UdpSocket socket, ref TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return false;
        using var poller = new Poller();
        poller.Add(socket.Descriptor, 0, read: false, write: true);
        var start = MonotonicClock.Ticks;
        var ready = poller.Wait(_writable, wait) > 0;
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

    private void Drop(SendBatch batch, int index, Peer? peer)
    {
        var size = batch.Datagram(index).Length;
        if (peer is null)
            _drops.Add(DropReason.SendFailed, size);
        else
            _drops.Add(DropReason.SendFailed, size, peer);
    }
}
