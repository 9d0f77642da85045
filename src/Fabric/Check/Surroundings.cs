using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check;

/// <summary>What the other ends say that is at a host: subnets behind it, and whom it relays to whom.</summary>
internal sealed class Surroundings
{
    // Every allowed IP of its peers, by address; with the link where it is known who the peer is.
    private readonly (IpAddress Address, Link? Link)[] _outgoing;
    private readonly PrefixIndex<Link?> _routes = new();

    private Surroundings(Host host)
    {
        var links = new Dictionary<TunnelPeer, Link>(ReferenceEqualityComparer.Instance);
        foreach (var link in host.Out)
            links.TryAdd(link.Peer, link);
        var outgoing = new List<(IpAddress, Link?)>();
        foreach (var peer in host.Versions.SelectMany(version => version.Peers))
        {
            var link = links.GetValueOrDefault(peer);
            foreach (var allowed in peer.AllowedIps)
            {
                outgoing.Add((allowed.Prefix.Address, link));
                _routes.TryAdd(allowed.Prefix, link, out _);
            }
        }

        _outgoing = [.. outgoing.OrderBy(entry => entry.Item1)];
    }

    /// <summary>Subnets that peers reach at it itself, and who says so.</summary>
    internal IReadOnlyList<(IpPrefix Prefix, SourcePosition Position)> Behind { get; private set; } = [];

    /// <summary>A peer that sends everything to it, or null.</summary>
    internal Link? FullTunnel { get; private set; }

    /// <summary>Two peers of which the first sends to the second over it, or null.</summary>
    internal (Link From, Link To)? Relayed { get; private set; }

    internal static Surroundings Of(Host host)
    {
        var surroundings = new Surroundings(host);
        surroundings.Look(host);
        return surroundings;
    }

    /// <summary>The other peers of the host that a peer sends to over it: at most some.</summary>
    internal IEnumerable<Link> ReachedOver(Link from, int most)
    {
        foreach (var allowed in from.Peer.AllowedIps)
        {
            foreach (var link in Within(allowed.Prefix))
            {
                if (link is null || link.To == from.From)
                    continue;
                if (most-- == 0)
                    yield break;
                yield return link;
            }
        }
    }

    private void Look(Host host)
    {
        var behind = new Dictionary<IpPrefix, SourcePosition>();
        foreach (var link in host.In)
        {
            foreach (var allowed in link.Peer.AllowedIps)
            {
                if (allowed.Length == 0)
                    FullTunnel ??= link;
                else if (!allowed.IsHost && !host.Addresses.Any(own => allowed.Prefix.Contains(own.Address)) && !IsElsewhere(host, allowed.Prefix, link.From))
                    behind.TryAdd(allowed.Prefix, allowed.Place.Position);
            }

            if (Relayed is null && ReachedOver(link, 1).FirstOrDefault() is { } to)
                Relayed = (link, to);
        }

        foreach (var (prefix, position) in host.Said)
            behind.TryAdd(prefix, position);
        Behind = [.. behind.Select(entry => (entry.Key, entry.Value))];
    }

    // Whether the host itself sends it, or a part of it, to somebody else; or back to whoever sends it here, and it is rather there: at a spoke, not
    // at the hub of many, and not where routes to it are made.
    private bool IsElsewhere(Host host, IpPrefix prefix, Host asker)
    {
        var isMutual = false;
        foreach (var link in _routes.Covering(prefix).Select(entry => entry.Value).Concat(Within(prefix)))
        {
            if (link?.To != asker)
                return true;
            isMutual = true;
        }

        if (!isMutual)
            return false;
        var (here, there) = (Degree(host), Degree(asker));
        return here == there ? host.First.MakesRoutes || !asker.First.MakesRoutes : here > there;
    }

    private static int Degree(Host host) => host.Versions.Max(version => version.Peers.Count);

    private IEnumerable<Link?> Within(IpPrefix prefix)
    {
        var low = 0;
        var high = _outgoing.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_outgoing[middle].Address < prefix.Address)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < _outgoing.Length && prefix.Contains(_outgoing[low].Address); low++)
            yield return _outgoing[low].Link;
    }
}
