using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check;

/// <summary>
/// Finds out which host each peer is. The key says it; where no private key yields it, what else is written may: the address, the name, where
/// the peer is dialled, and who has this host as a peer. One such sign is chance; several that agree on one host are not.
/// </summary>
internal sealed class PeerMatcher
{
    // Signs that a host whose key is known needs to be taken for a peer with another key; more when its own key is somebody's peer already.
    private const int Enough = 3;
    private const int EnoughOfAnother = 4;

    // And those that a host needs whose key is not read here.
    private const int EnoughWithoutKey = 2;

    // An address or a name that so many hosts share says nothing.
    private const int TooMany = 32;

    private readonly IReadOnlyList<Host> _hosts;
    private readonly IReadOnlyDictionary<PublicKey, List<Host>> _holders;
    private readonly Dictionary<IpAddress, List<Host>> _byAddress = [];
    private readonly Dictionary<IpAddress, List<Host>> _byOuter = [];
    private readonly Dictionary<string, List<Host>> _byLabel = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<PublicKey, List<Host>> _byPeerKey = [];
    private readonly HashSet<Host> _claimed = [];

    internal PeerMatcher(IReadOnlyList<Host> hosts, IReadOnlyDictionary<PublicKey, List<Host>> holders) => (_hosts, _holders) = (hosts, holders);

    internal List<Link> Links { get; } = [];

    internal List<(Host Host, Tunnel Version, TunnelPeer Peer)> Strangers { get; } = [];

    internal void Match()
    {
        foreach (var host in _hosts)
            Index(host);
        var unknown = new List<(Host Host, Tunnel Version, TunnelPeer Peer)>();
        foreach (var host in _hosts)
        {
            foreach (var version in host.Versions)
            {
                foreach (var peer in version.Peers)
                {
                    if (peer.PublicKey is { IsKey: true } key && _holders.TryGetValue(key.PublicKey, out var holders))
                        Join(new Link(host, version, peer, Holder(holders, peer), true));
                    else
                        unknown.Add((host, version, peer));
                }
            }
        }

        foreach (var (host, version, peer) in unknown)
        {
            if (Guess(host, version, peer) is { } link)
                Join(link);
            else
                Strangers.Add((host, version, peer));
        }
    }

    private void Index(Host host)
    {
        foreach (var address in host.Addresses)
            Add(_byAddress, address.Address, host);
        foreach (var (address, _) in host.Outer)
            Add(_byOuter, address, host);
        if (host.Label is { } label)
            Add(_byLabel, label, host);
        foreach (var peer in host.Versions.SelectMany(version => version.Peers))
        {
            if (peer.PublicKey is { IsKey: true } key)
                Add(_byPeerKey, key.PublicKey, host);
        }
    }

    // Of hosts with one private key the one whose address the peer allows.
    private static Host Holder(List<Host> holders, TunnelPeer peer) =>
        holders.Count == 1 ? holders[0] : holders.Find(host => host.Addresses.Any(address => peer.Covers(address.Address))) ?? holders[0];

    private void Join(Link link)
    {
        if (link.To == link.From)
            return;
        Links.Add(link);
        link.From.Out.Add(link);
        link.To.In.Add(link);
        if (link.IsByKey)
            _claimed.Add(link.To);
    }

    private Link? Guess(Host host, Tunnel version, TunnelPeer peer)
    {
        var candidates = new HashSet<Host>();
        foreach (var allowed in peer.AllowedIps)
        {
            if (allowed.IsHost)
                Take(_byAddress, allowed.Address, candidates);
        }

        if (peer.Label is { } label)
            Take(_byLabel, label, candidates);
        if (peer.Endpoint?.Address is { } endpoint)
            Take(_byOuter, endpoint, candidates);
        if (peer.Endpoint is { Address: null } name)
            Take(_byLabel, FirstLabel(name.Host), candidates);
        if (host.Key is { } key)
            Take(_byPeerKey, key, candidates);
        var isLast = host.Key is { } mine && IsLast(host, version, mine);
        Link? best = null;
        var most = 0;
        foreach (var candidate in candidates)
        {
            if (candidate == host || candidate.First.IsFragment || (candidate.Key is { } own && host.HasPeer(version, own)))
                continue;
            var (score, reason) = Score(host, version, peer, candidate, isLast);
            var needed = candidate.Key is null ? EnoughWithoutKey : _claimed.Contains(candidate) ? EnoughOfAnother : Enough;
            if (score < needed)
                continue;

            // Of two that are as likely the one in the same text: an article is a world of its own.
            var rank = 2 * score + (candidate.First.Source == version.Source ? 1 : 0);
            if (rank < most)
                continue;
            best = rank == most ? null : new Link(host, version, peer, candidate, false) { Reason = reason };
            most = rank;
        }

        return best;
    }

    private static (int Score, string Reason) Score(Host host, Tunnel version, TunnelPeer peer, Host candidate, bool isLast)
    {
        var score = 0;
        var reasons = new List<string>();
        void Count(bool holds, int weight, string reason)
        {
            if (!holds)
                return;
            score += weight;
            if (reason.Length > 0)
                reasons.Add(reason);
        }

        var isExact = peer.AllowedIps.Any(allowed => allowed.IsHost && candidate.Has(allowed.Address));
        Count(isExact, 2, "has the address that this peer allows");
        Count(!isExact && peer.AllowedIps.Any(allowed => allowed.Length > 0 && candidate.Addresses.Any(own => allowed.Prefix.Contains(own.Address))), 1, "has an address that this peer allows");
        Count(Same(peer.Label, candidate.Label), 2, "has the name of this peer");
        var back = host.Key is { } key ? candidate.PeerWith(key) : null;
        Count(back is not null, 2, $"has this host as a peer ({Remarks.At(back?.PublicKey?.Position ?? default)})");
        Count(back is not null && isLast, 1, "");
        if (candidate.Addresses.Count > 0 && peer.AllowedIps.Count > 0 && !peer.CoversAny(candidate.Addresses) && peer.AllowedIps.All(allowed => allowed.IsHost))
            score -= 2;
        Count(host.Label is { } label && candidate.HasPeerNamed(label), 1, "has a peer with this host's name");
        Count(peer.Endpoint?.Address is { } dialled && candidate.Outer.Any(outer => outer.Address == dialled), 1, "is reached at the endpoint of this peer");
        Count(peer.Endpoint is { Address: null } name && Same(FirstLabel(name.Host), candidate.Label), 1, "");
        Count(back is null && host.Outer.Any(outer => candidate.Dials(outer.Address)), 1, "dials this host");
        Count(isExact && host.First.Source == candidate.First.Source && candidate.Versions.Any(v => v.Peers.Any(p => host.Addresses.Any(own => p.Covers(own.Address)))), 1, "");
        if (peer.Endpoint?.Port is { } port && candidate.Ports.Count > 0 && !candidate.Ports.Contains(port))
            score--;
        var text = reasons.Count == 1 ? reasons[0] : $"{string.Join(", ", reasons.Take(reasons.Count - 1))} and {reasons.LastOrDefault()}";
        return (score, text);
    }

    // One peer whose host is not known, and one host that has this one as a peer and is none of its known ones: likely they belong together.
    private bool IsLast(Host host, Tunnel version, PublicKey key)
    {
        if (version.Peers.Count(peer => peer.PublicKey is { IsKey: true } written && !_holders.ContainsKey(written.PublicKey)) != 1)
            return false;
        return _byPeerKey.TryGetValue(key, out var hosts) && hosts.Count <= TooMany && hosts.Count(other => other.Key is { } own && !host.HasPeer(version, own)) == 1;
    }

    private static bool Same(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string FirstLabel(string host) => host.Split('.')[0];

    private static void Add<T>(Dictionary<T, List<Host>> index, T key, Host host)
        where T : notnull
    {
        if (!index.TryGetValue(key, out var hosts))
            index.Add(key, hosts = []);
        if (hosts.Count <= TooMany && !hosts.Contains(host))
            hosts.Add(host);
    }

    private static void Take<T>(Dictionary<T, List<Host>> index, T key, HashSet<Host> into)
        where T : notnull
    {
        if (index.TryGetValue(key, out var hosts) && hosts.Count <= TooMany)
            into.UnionWith(hosts);
    }
}
