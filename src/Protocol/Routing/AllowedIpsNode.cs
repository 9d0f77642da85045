using System.Numerics;
using System.Threading;

namespace Warren.Protocol.Routing;

/// <summary>One node of the trie of <see cref="AllowedIps{TOwner}"/>: a prefix that is owned, or a fork where two
/// prefixes part.</summary>
/// <remarks>
/// The prefix never changes; children and owner do. Writers change them under the trie's lock, one reference at a time
/// and only towards nodes that are already whole; readers follow them without a lock. A node that was taken out keeps
/// its children, so that a reader standing on it still finds its way down; the collector frees it when the last reader
/// left. 80 bytes on a 64-bit machine.
/// </remarks>
internal sealed class AllowedIpsNode<TOwner>
    where TOwner : class
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;
    private readonly bool _isIPv6;
    private TOwner? _owner;
    private AllowedIpsNode<TOwner>? _zero;
    private AllowedIpsNode<TOwner>? _one;

    /// <summary>A fork (no owner) of <paramref name="length"/> bits of a key.</summary>
    internal AllowedIpsNode(in AllowedIpsKey key, int length)
    {
        (_high, _low) = (key.High & IpPrefix.Mask(length), key.Low & IpPrefix.Mask(length - 64));
        (_length, _isIPv6) = ((byte)length, key.IsIPv6);
    }

    /// <summary>Neighbours in the owner's list of prefixes, in order of insertion. Writers only.</summary>
    internal AllowedIpsNode<TOwner>? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    internal AllowedIpsNode<TOwner>? Previous { get; set; }

    /// <summary>Number of significant bits.</summary>
    internal int Length => _length;

    /// <summary>Null at a fork.</summary>
    internal TOwner? Owner
    {
        get => Volatile.Read(ref _owner);
        set => Volatile.Write(ref _owner, value);
    }

    /// <summary>The key whose first <see cref="Length"/> bits are this node's prefix and whose others are
    /// zero.</summary>
    internal AllowedIpsKey Key => new(_high, _low, _isIPv6);

    /// <summary>How many leading bits this node's prefix and <paramref name="key"/> share; at most 128.</summary>
    internal int SharedBits(in AllowedIpsKey key) => key.High != _high
        ? BitOperations.LeadingZeroCount(key.High ^ _high)
        : 64 + BitOperations.LeadingZeroCount(key.Low ^ _low);

    /// <summary>The child on the side of <paramref name="key"/>'s first bit after the prefix.</summary>
    internal AllowedIpsNode<TOwner>? Child(in AllowedIpsKey key) =>
        key.Bit(_length) ? Volatile.Read(ref _one) : Volatile.Read(ref _zero);

    /// <summary>Publishes <paramref name="child"/> on the side of <paramref name="key"/>: from here on readers meet
    /// it.</summary>
    internal void SetChild(in AllowedIpsKey key, AllowedIpsNode<TOwner>? child)
    {
        if (key.Bit(_length))
            Volatile.Write(ref _one, child);
        else
            Volatile.Write(ref _zero, child);
    }

    /// <summary>Whether there are two children; if not, <paramref name="only"/> is the one there is, or null.</summary>
    internal bool HasBothChildren(out AllowedIpsNode<TOwner>? only)
    {
        only = _zero ?? _one;
        return _zero is not null && _one is not null;
    }

    /// <summary>The prefix as the world outside knows it.</summary>
    internal IpPrefix ToPrefix() => new(Key.ToAddress(), _length);
}
