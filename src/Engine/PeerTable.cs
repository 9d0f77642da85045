using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Warren.Protocol.Keys;

namespace Warren.Engine;

/// <summary>The peers of a device: found by key, walked in the order in which they were added, which is that of every answer.</summary>
/// <remarks>
/// Any thread finds, without a lock; whoever adds, removes or walks holds the device's lock. One array of references, probed in a line, and
/// links in the peers themselves: 11 to 21 bytes a peer beside the links.
/// </remarks>
internal sealed class PeerTable
{
    private const int LeastSlots = 16;

    // Stands where a peer was, so that a reader who probes goes on.
    private static readonly object Removed = new();

    // A power of two, at most three quarters used.
    private object?[] _slots = new object?[LeastSlots];
    private int _used; // Peers and the places of removed ones.
    private Peer? _last;

    public int Count { get; private set; }

    /// <summary>The peer that was added first; the others by <see cref="Peer.Next"/>.</summary>
    public Peer? First { get; private set; }

    public bool TryFind(PublicKey key, [NotNullWhen(true)] out Peer? peer)
    {
        var slots = Volatile.Read(ref _slots);
        for (var i = key.GetHashCode(); ; i++)
        {
            var slot = Volatile.Read(ref slots[i & (slots.Length - 1)]);
            peer = slot as Peer;
            if (slot is null || (peer is not null && peer.Key == key))
                return peer is not null;
        }
    }

    /// <summary>Adds a peer at the end; its key is not in the table.</summary>
    public void Add(Peer peer)
    {
        if (4 * (_used + 1) > 3 * _slots.Length)
            Rehash();
        Place(_slots, peer);
        _used++;
        Count++;
        (peer.Previous, peer.Next) = (_last, null);
        if (_last is null)
            First = peer;
        else
            _last.Next = peer;
        _last = peer;
    }

    public void Remove(Peer peer)
    {
        var i = peer.Key.GetHashCode();
        while (_slots[i & (_slots.Length - 1)] != peer)
            i++;
        Volatile.Write(ref _slots[i & (_slots.Length - 1)], Removed);
        Count--;
        if (peer.Previous is null)
            First = peer.Next;
        else
            peer.Previous.Next = peer.Next;
        if (peer.Next is null)
            _last = peer.Previous;
        else
            peer.Next.Previous = peer.Previous;
        (peer.Previous, peer.Next) = (null, null);
        if (Count == 0)
        {
            _used = 0;
            Volatile.Write(ref _slots, new object?[LeastSlots]);
        }
    }

    // Readers go on in the old slots until the new ones are whole.
    private void Rehash()
    {
        var length = LeastSlots;
        while (length < 2 * (Count + 1))
            length *= 2;
        var slots = new object?[length];
        for (var peer = First; peer is not null; peer = peer.Next)
            Place(slots, peer);
        _used = Count;
        Volatile.Write(ref _slots, slots);
    }

    private static void Place(object?[] slots, Peer peer)
    {
        var i = peer.Key.GetHashCode();
        while (slots[i & (slots.Length - 1)] is not null)
            i++;
        Volatile.Write(ref slots[i & (slots.Length - 1)], peer);
    }
}
