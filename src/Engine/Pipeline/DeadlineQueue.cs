using System;
using System.Threading;
using Warren.Protocol;

namespace Warren.Engine.Pipeline;

/// <summary>The peers of one worker by their deadlines, the earliest first: a binary heap that knows where each peer stands.</summary>
/// <remarks>
/// Not thread safe: its worker's. A deadline that moves back, as one does with nearly every packet, leaves the peer where it is; the
/// queue catches up when that peer comes to the top, so a packet costs no sifting and a wait still ends at a true deadline.
/// </remarks>
internal sealed class DeadlineQueue
{
    private Peer[] _heap = new Peer[16];

    public int Count { get; private set; }

    /// <summary>Brings the peer forward when its deadline is now earlier than it is queued for.</summary>
    public void Note(Peer peer)
    {
        var deadline = peer.Deadline;
        if (peer.QueueIndex < 0)
        {
            if (deadline == Instant.Never)
                return;
            if (Count == _heap.Length)
                Array.Resize(ref _heap, Count * 2);
            Adopt(peer);
            peer.QueueIndex = Count++;
            SiftUp(peer);
        }
        else if (deadline < peer.QueuedFor)
        {
            Adopt(peer);
            SiftUp(peer);
            SiftDown(peer);
        }
    }

    /// <summary>The earliest true deadline.</summary>
    public Instant Next()
    {
        while (Count > 0)
        {
            var first = _heap[0];
            var deadline = first.Deadline;
            if (deadline == first.QueuedFor)
                return deadline;
            if (deadline == Instant.Never)
            {
                Remove(first);

                // Another worker may just have given it one, and seen the place that it had here.
                Interlocked.MemoryBarrier();
                Note(first);
                continue;
            }

            Adopt(first);
            SiftDown(first);
        }

        return Instant.Never;
    }

    /// <summary>Takes out the peer with the earliest deadline if that is not after <paramref name="now"/>.</summary>
    public bool TryTake(Instant now, out Peer peer)
    {
        var next = Next();
        peer = Count > 0 ? _heap[0] : null!;
        if (next > now || next == Instant.Never)
            return false;
        Remove(peer);
        return true;
    }

    /// <summary>Takes a peer out, wherever it stands.</summary>
    public void Remove(Peer peer)
    {
        var index = peer.QueueIndex;
        if (index < 0)
            return;
        peer.QueueIndex = -1;
        peer.QueuedFor = Instant.Never;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (last == peer)
            return;
        last.QueueIndex = index;
        _heap[index] = last;
        SiftUp(last);
        SiftDown(last);
    }

    // Another worker may bring the deadline forward at this moment: it then looks at what the peer is queued for (Peer.IsDueEarlier), and
    // of the two one sees the other's write.
    private static void Adopt(Peer peer)
    {
        Instant deadline;
        do
        {
            deadline = peer.Deadline;
            peer.QueuedFor = deadline;
            Interlocked.MemoryBarrier();
        }
        while (peer.Deadline < deadline);
    }

    private void SiftUp(Peer peer)
    {
        var index = peer.QueueIndex;
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (_heap[parent].QueuedFor <= peer.QueuedFor)
                break;
            Place(_heap[parent], index);
            index = parent;
        }

        Place(peer, index);
    }

    private void SiftDown(Peer peer)
    {
        var index = peer.QueueIndex;
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _heap[child + 1].QueuedFor < _heap[child].QueuedFor)
                child++;
            if (peer.QueuedFor <= _heap[child].QueuedFor)
                break;
            Place(_heap[child], index);
            index = child;
        }

        Place(peer, index);
    }

    private void Place(Peer peer, int index)
    {
        _heap[index] = peer;
        peer.QueueIndex = index;
    }
}
