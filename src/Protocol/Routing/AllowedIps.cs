using System;
using System.Collections.Generic;
using System.Threading;

namespace Warren.Protocol.Routing;

/// <summary>
/// Cryptokey routing (paper, section 2): which peer a destination belongs to, and whether a source may come from a
/// peer. Longest prefix wins; a prefix has one owner at most.
/// </summary>
/// <remarks>
/// A compressed binary trie per family, changed in place. Lookups take no lock, never block, allocate nothing and may
/// run on any thread beside a writer: they see the table as it was before or after each single change. Writers take
/// turns on a lock.
/// </remarks>
/// <typeparam name="TOwner">A peer, compared by reference.</typeparam>
public sealed class AllowedIps<TOwner>
    where TOwner : class
{
    private readonly Lock _writer = new();
    private readonly Dictionary<TOwner, AllowedIpsList<TOwner>> _lists = new(ReferenceEqualityComparer.Instance);

    // The roots stand for 0.0.0.0/0 and ::/0, owned or not, and are never taken out: every other node has a parent.
    private readonly AllowedIpsNode<TOwner> _ipv4 = new(new AllowedIpsKey(IpAddress.V4(0)), 0);
    private readonly AllowedIpsNode<TOwner> _ipv6 = new(new AllowedIpsKey(new IpAddress(0, 0, true)), 0);
    private int _count;

    /// <summary>How many prefixes are owned.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Owner of the longest prefix that holds <paramref name="address"/>; null when none does.</summary>
    public TOwner? Find(IpAddress address)
    {
        var key = new AllowedIpsKey(address);
        TOwner? owner = null;
        var node = address.IsIPv6 ? _ipv6 : _ipv4;
        while (node is not null && node.SharedBits(key) >= node.Length)
        {
            owner = node.Owner ?? owner;
            node = node.Child(key);
        }

        return owner;
    }

    /// <summary>Owner of the source address of an IP packet; null when there is none or the header is cut
    /// short.</summary>
    public TOwner? FindSource(ReadOnlySpan<byte> packet) =>
        InnerPacket.TryReadAddresses(packet, out var source, out _) ? Find(source) : null;

    /// <summary>Owner of the destination address of an IP packet; null when there is none or the header is cut
    /// short.</summary>
    public TOwner? FindDestination(ReadOnlySpan<byte> packet) =>
        InnerPacket.TryReadAddresses(packet, out _, out var destination) ? Find(destination) : null;

    /// <summary>Gives <paramref name="prefix"/> to <paramref name="owner"/>, taking it from whoever had it. It becomes
    /// the last of the owner's prefixes, also when it was the owner's already.</summary>
    public void Insert(IpPrefix prefix, TOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        lock (_writer)
        {
            var node = Place(prefix);
            if (node.Owner is { } previous)
                Unlink(node, previous);
            Link(node, owner);
            node.Owner = owner;
        }
    }

    /// <summary>Takes <paramref name="prefix"/> from <paramref name="owner"/>; false, and nothing changed, when it is
    /// not the owner's.</summary>
    public bool Remove(IpPrefix prefix, TOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        lock (_writer)
            return TakeOut(new AllowedIpsKey(prefix.Address), prefix.Length, owner);
    }

    /// <summary>Takes every prefix from <paramref name="owner"/>, in time proportional to how many those are.</summary>
    public void RemoveAll(TOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        lock (_writer)
        {
            while (_lists.TryGetValue(owner, out var list))
                TakeOut(list.First!.Key, list.First.Length, owner);
        }
    }

    /// <summary>A copy of the owner's prefixes in order of insertion; empty when it has none.</summary>
    public IReadOnlyList<IpPrefix> PrefixesOf(TOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        lock (_writer)
        {
            if (!_lists.TryGetValue(owner, out var list))
                return [];
            var prefixes = new List<IpPrefix>(list.Count);
            for (var node = list.First; node is not null; node = node.Next)
                prefixes.Add(node.ToPrefix());
            return prefixes;
        }
    }

    private AllowedIpsNode<TOwner> Root(bool isIPv6) => isIPv6 ? _ipv6 : _ipv4;

    // The node of exactly this prefix: the one there is, or a new one without an owner. A reader that meets the new
    // node before its owner is set passes through it as through a fork.
    private AllowedIpsNode<TOwner> Place(IpPrefix prefix)
    {
        var key = new AllowedIpsKey(prefix.Address);
        var parent = Root(prefix.IsIPv6);
        while (parent.Length < prefix.Length)
        {
            var child = parent.Child(key);
            var shared = child is null ? 0 : Math.Min(child.SharedBits(key), prefix.Length);
            if (child is not null && shared >= child.Length)
            {
                parent = child;
                continue;
            }

            var node = new AllowedIpsNode<TOwner>(key, prefix.Length);
            if (child is null)
            {
                parent.SetChild(key, node);
            }
            else if (shared == prefix.Length)
            {
                node.SetChild(child.Key, child);
                parent.SetChild(key, node);
            }
            else
            {
                var fork = new AllowedIpsNode<TOwner>(key, shared);
                fork.SetChild(child.Key, child);
                fork.SetChild(key, node);
                parent.SetChild(key, fork);
            }

            return node;
        }

        return parent;
    }

    private bool TakeOut(in AllowedIpsKey key, int length, TOwner owner)
    {
        AllowedIpsNode<TOwner>? grandparent = null, parent = null;
        var node = Root(key.IsIPv6);
        while (node.Length < length)
        {
            if (node.Child(key) is not { } child)
                return false;
            (grandparent, parent, node) = (parent, node, child);
        }

        if (node.Length != length || node.SharedBits(key) < length || !ReferenceEquals(node.Owner, owner))
            return false;
        Unlink(node, owner);
        node.Owner = null;
        if (parent is null || node.HasBothChildren(out var only))
            return true;
        parent.SetChild(key, only);
        // A fork is left with one child: that child takes its place. A root stays.
        if (only is null && grandparent is not null && parent.Owner is null)
        {
            parent.HasBothChildren(out var sibling);
            grandparent.SetChild(key, sibling);
        }

        return true;
    }

    private void Link(AllowedIpsNode<TOwner> node, TOwner owner)
    {
        if (!_lists.TryGetValue(owner, out var list))
            _lists.Add(owner, list = new AllowedIpsList<TOwner>());
        list.Append(node);
        Volatile.Write(ref _count, _count + 1);
    }

    private void Unlink(AllowedIpsNode<TOwner> node, TOwner owner)
    {
        var list = _lists[owner];
        list.Unlink(node);
        if (list.Count == 0)
            _lists.Remove(owner);
        Volatile.Write(ref _count, _count - 1);
    }
}
