using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace Warren.Protocol.Sessions;

/// <summary>The receiver indices of one device: random 32-bit numbers, each of which names a tunnel's open handshake or one of
/// its keypairs (§5.4.2: "a unique 32-bit index that locally represents the other peer").</summary>
/// <remarks>Thread safe. Lookups take no lock: a bucket is a chain of entries that never change, and a writer puts another chain
/// in its place. Entries are made and removed by tunnels, each under its peer's lock; a keypair found here may die the next moment,
/// which <see cref="Keypair.TryAcquire"/> then tells.</remarks>
public sealed class IndexTable
{
    private readonly Lock _writer = new();
    private Entry?[] _buckets = new Entry?[16]; // A power of two: indices are random, hence their own hash.
    private int _count;

    /// <summary>How many indices are in use.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The keypair a transport message is for.</summary>
    public bool TryGetKeypair(uint index, [NotNullWhen(true)] out Keypair? keypair)
    {
        keypair = Find(index) as Keypair;
        return keypair is not null;
    }

    /// <summary>The tunnel a response or a cookie reply is for, by its open handshake or by one of its keypairs (a cookie
    /// reply may answer a response, whose keypair exists by then).</summary>
    public bool TryGetTunnel(uint index, [NotNullWhen(true)] out Tunnel? tunnel)
    {
        var owner = Find(index);
        tunnel = owner as Tunnel ?? (owner as Keypair)?.Tunnel;
        return tunnel is not null;
    }

    /// <summary>A fresh index for a handshake of <paramref name="tunnel"/>: random, not in use, never 0.</summary>
    internal uint Allocate(Tunnel tunnel, RandomSource random)
    {
        while (true)
        {
            var index = random.NextUInt32();
            if (index != 0 && TryAdd(index, tunnel))
                return index;
        }
    }

    /// <summary>Hands a handshake's index on to the keypair that came of it.</summary>
    internal void Replace(Keypair keypair)
    {
        lock (_writer)
        {
            ref var bucket = ref Bucket(keypair.LocalIndex);
            Volatile.Write(ref bucket, new Entry(keypair.LocalIndex, keypair, Without(bucket, keypair.LocalIndex)));
        }
    }

    /// <summary>Removes an index if it is still <paramref name="owner"/>'s.</summary>
    internal void Remove(uint index, object owner)
    {
        lock (_writer)
        {
            if (Find(index) != owner)
                return;
            ref var bucket = ref Bucket(index);
            Volatile.Write(ref bucket, Without(bucket, index));
            Volatile.Write(ref _count, _count - 1);
        }
    }

    private object? Find(uint index)
    {
        var buckets = Volatile.Read(ref _buckets);
        for (var entry = Volatile.Read(ref buckets[index & (uint)(buckets.Length - 1)]); entry is not null; entry = entry.Next)
        {
            if (entry.Index == index)
                return entry.Owner;
        }

        return null;
    }

    private bool TryAdd(uint index, Tunnel tunnel)
    {
        lock (_writer)
        {
            if (Find(index) is not null)
                return false;
            if (_count == _buckets.Length)
                Grow();
            ref var bucket = ref Bucket(index);
            Volatile.Write(ref bucket, new Entry(index, tunnel, bucket));
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    private ref Entry? Bucket(uint index) => ref _buckets[index & (uint)(_buckets.Length - 1)];

    // Readers go on in the old table until the new one is whole.
    private void Grow()
    {
        var grown = new Entry?[2 * _buckets.Length];
        foreach (var bucket in _buckets)
        {
            for (var entry = bucket; entry is not null; entry = entry.Next)
            {
                ref var place = ref grown[entry.Index & (uint)(grown.Length - 1)];
                place = new Entry(entry.Index, entry.Owner, place);
            }
        }

        Volatile.Write(ref _buckets, grown);
    }

    // The chain without one index: what stood before it is made anew, what stands behind it is shared.
    private static Entry? Without(Entry? chain, uint index) =>
        chain is null ? null
        : chain.Index == index ? chain.Next
        : new Entry(chain.Index, chain.Owner, Without(chain.Next, index));

    private sealed class Entry(uint index, object owner, Entry? next)
    {
        public uint Index { get; } = index;

        public object Owner { get; } = owner;

        public Entry? Next { get; } = next;
    }
}
