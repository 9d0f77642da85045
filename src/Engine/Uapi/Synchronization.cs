using System;
using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Engine.Uapi;

/// <summary>
/// <c>wg syncconf</c>: makes a device equal to a whole configuration while sessions of peers that stay go on. Pure.
/// </summary>
public static class Synchronization
{
    /// <summary>
    /// Turns "replace everything" into the difference from <paramref name="present"/>: peers that are not in
    /// <paramref name="wanted"/> are removed first, and a preshared key or keepalive that it no longer mentions is reset.
    /// </summary>
    /// <remarks>Where either side has no peers there is nothing to keep, and <paramref name="wanted"/> comes back as it is.</remarks>
    public static DeviceChange Of(DeviceChange wanted, DeviceState present)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(present);
        if (wanted.Peers.Count == 0 || present.Peers.Count == 0)
            return wanted;
        var peers = new List<PeerChange>(wanted.Peers);
        // The first mention of a key is the one that is mended; later ones only add to it.
        var mentioned = new Dictionary<PublicKey, int>(peers.Count);
        for (var i = 0; i < peers.Count; i++)
            mentioned.TryAdd(peers[i].PublicKey, i);
        var removals = new List<PeerChange>();
        foreach (var peer in present.Peers)
        {
            if (mentioned.TryGetValue(peer.PublicKey, out var index))
                peers[index] = Mend(peers[index], peer);
            else
                removals.Add(new PeerChange { PublicKey = peer.PublicKey, Remove = true });
        }

        removals.Sort(static (left, right) => Compare(right.PublicKey, left.PublicKey));
        return wanted with { ReplacePeers = false, Peers = [.. removals, .. peers] };
    }

    private static PeerChange Mend(PeerChange wanted, PeerState present) => wanted with
    {
        PresharedKey = wanted.PresharedKey
            ?? (present.PresharedKey is null ? null : PresharedKey.FromBytes(stackalloc byte[PresharedKey.Size])),
        PersistentKeepalive = wanted.PersistentKeepalive ?? (present.PersistentKeepalive == 0 ? null : (ushort)0),
    };

    /// <summary>By bytes: wg removes in descending order.</summary>
    private static int Compare(PublicKey left, PublicKey right)
    {
        Span<byte> leftBytes = stackalloc byte[PublicKey.Size];
        Span<byte> rightBytes = stackalloc byte[PublicKey.Size];
        left.Write(leftBytes);
        right.Write(rightBytes);
        return leftBytes.SequenceCompareTo(rightBytes);
    }
}
