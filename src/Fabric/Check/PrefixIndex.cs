using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check;

/// <summary>Prefixes by what they cover: each question takes as many looks as there are lengths, however many prefixes there are.</summary>
internal sealed class PrefixIndex<T>
{
    private readonly Dictionary<IpPrefix, T> _values = [];
    private readonly SortedSet<int> _v4 = [];
    private readonly SortedSet<int> _v6 = [];

    /// <summary>Adds one; false when that very prefix is already there, which then is <paramref name="first"/>.</summary>
    internal bool TryAdd(IpPrefix prefix, T value, out T first)
    {
        (prefix.IsIPv6 ? _v6 : _v4).Add(prefix.Length);
        if (_values.TryGetValue(prefix, out var there))
        {
            first = there;
            return false;
        }

        _values.Add(prefix, first = value);
        return true;
    }

    /// <summary>All that cover a prefix, the shortest first.</summary>
    internal IEnumerable<(IpPrefix Prefix, T Value)> Covering(IpPrefix prefix)
    {
        foreach (var length in prefix.IsIPv6 ? _v6 : _v4)
        {
            if (length > prefix.Length)
                break;
            var outer = new IpPrefix(prefix.Address, length);
            if (_values.TryGetValue(outer, out var value))
                yield return (outer, value);
        }
    }
}
