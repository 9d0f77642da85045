using System.Collections.Generic;
using System.Linq;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

/// <summary>What <see cref="AllowedIps{TOwner}"/> means, as a list that is searched from end to end.</summary>
internal sealed class NaiveAllowedIps
{
    private readonly List<(IpPrefix Prefix, string Owner)> _entries = [];

    internal int Count => _entries.Count;

    internal void Insert(IpPrefix prefix, string owner)
    {
        _entries.RemoveAll(entry => entry.Prefix == prefix);
        _entries.Add((prefix, owner));
    }

    internal bool Remove(IpPrefix prefix, string owner) => _entries.Remove((prefix, owner));

    internal void RemoveAll(string owner) => _entries.RemoveAll(entry => entry.Owner == owner);

    internal string? Find(IpAddress address) => _entries
        .Where(entry => entry.Prefix.Contains(address))
        .OrderByDescending(entry => entry.Prefix.Length)
        .Select(entry => entry.Owner)
        .FirstOrDefault();

    internal IEnumerable<IpPrefix> PrefixesOf(string owner) =>
        _entries.Where(entry => entry.Owner == owner).Select(entry => entry.Prefix);
}
