using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Protocol.Sessions;

/// <summary>The receiver indices of one device: random 32-bit numbers, each of which names a tunnel's open handshake or one of
/// its keypairs (§5.4.2: "a unique 32-bit index that locally represents the other peer").</summary>
/// <remarks>Thread safe. Lookups take no lock. Entries are made and removed by tunnels, each under its peer's lock; a
/// keypair found here may die the next moment, which <see cref="Keypair.TryAcquire"/> then tells.</remarks>
public sealed class IndexTable
{
    private readonly ConcurrentDictionary<uint, object> _entries = new();

    /// <summary>How many indices are in use.</summary>
    public int Count => _entries.Count;

    /// <summary>The keypair a transport message is for.</summary>
    public bool TryGetKeypair(uint index, [NotNullWhen(true)] out Keypair? keypair)
    {
        keypair = _entries.TryGetValue(index, out var entry) ? entry as Keypair : null;
        return keypair is not null;
    }

    /// <summary>The tunnel a response or a cookie reply is for, by its open handshake or by one of its keypairs (a cookie
    /// reply may answer a response, whose keypair exists by then).</summary>
    public bool TryGetTunnel(uint index, [NotNullWhen(true)] out Tunnel? tunnel)
    {
        tunnel = _entries.TryGetValue(index, out var entry) ? entry as Tunnel ?? ((Keypair)entry).Tunnel : null;
        return tunnel is not null;
    }

    /// <summary>A fresh index for a handshake of <paramref name="tunnel"/>: random, not in use, never 0.</summary>
    internal uint Allocate(Tunnel tunnel, RandomSource random)
    {
        while (true)
        {
            var index = random.NextUInt32();
            if (index != 0 && _entries.TryAdd(index, tunnel))
                return index;
        }
    }

    /// <summary>Hands a handshake's index on to the keypair that came of it.</summary>
    internal void Replace(Keypair keypair) => _entries[keypair.LocalIndex] = keypair;

    /// <summary>Removes an index if it is still <paramref name="owner"/>'s.</summary>
    internal void Remove(uint index, object owner) => _entries.TryRemove(KeyValuePair.Create(index, owner));
}
