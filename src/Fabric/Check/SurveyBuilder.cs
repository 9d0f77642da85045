using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Config.Documents;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Check;

/// <summary>Reads files and puts together what they say: versions to hosts, peers to the hosts they are, hosts to networks.</summary>
internal sealed class SurveyBuilder
{
    private readonly List<Document> _documents = [];
    private readonly List<Host> _hosts = [];
    private readonly Dictionary<PublicKey, List<Host>> _holders = [];

    internal static Survey Build(IReadOnlyList<CheckedFile> files)
    {
        var builder = new SurveyBuilder();
        foreach (var file in files)
            builder._documents.Add(DocumentReader.Read(file.Source));
        builder.FindHosts();
        builder.HearProse();
        var matcher = new PeerMatcher(builder._hosts, builder._holders);
        matcher.Match();
        return new Survey
        {
            Files = files,
            Documents = builder._documents,
            Hosts = builder._hosts,
            Holders = builder._holders,
            Links = matcher.Links,
            Strangers = matcher.Strangers,
            PeerKeys = FindPeerKeys(builder._hosts),
            Networks = FindNetworks(builder._hosts),
            Surroundings = builder._hosts.ToDictionary(host => host, Surroundings.Of),
        };
    }

    private void FindHosts()
    {
        var parts = new Dictionary<(string Folder, string Name), NetworkPart>();
        foreach (var part in _documents.SelectMany(document => document.NetworkParts))
            parts.TryAdd((Path.GetDirectoryName(part.Source.Name) ?? "", part.Name ?? ""), part);
        foreach (var tunnel in _documents.SelectMany(document => document.Tunnels))
        {
            AddVersion(tunnel.Form == TunnelForm.Networkd && parts.TryGetValue((Path.GetDirectoryName(tunnel.Source.Name) ?? "", tunnel.InterfaceName ?? ""), out var part)
                ? part.AddTo(tunnel)
                : tunnel);
        }

        foreach (var host in _hosts)
            host.Settle();
    }

    // One key and one address, or an address that went missing: another version. One key at another address: a copy.
    private void AddVersion(Tunnel tunnel)
    {
        if (tunnel.PrivateKey is { IsKey: true } key)
        {
            if (!_holders.TryGetValue(key.PublicKey, out var holders))
                _holders.Add(key.PublicKey, holders = []);
            if (holders.Find(host => IsVersion(host, tunnel)) is { } known)
            {
                known.Add(tunnel);
                return;
            }

            holders.Add(new Host(tunnel));
            _hosts.Add(holders[^1]);
            return;
        }

        _hosts.Add(new Host(tunnel));
    }

    private static bool IsVersion(Host host, Tunnel tunnel) =>
        tunnel.Addresses.Count == 0
        || host.Versions.All(version => version.Addresses.Count == 0)
        || host.Versions.Any(version => version.Addresses.Any(a => tunnel.Addresses.Any(b => a.Address == b.Address)));

    private void HearProse()
    {
        var files = _documents.Where(document => document.Facts.Forwards && document.Tunnels.Count == 0).Select(document => Path.GetDirectoryName(document.Source.Name)).ToHashSet();
        foreach (var host in _hosts)
            host.Forwards |= files.Contains(Path.GetDirectoryName(host.First.Source.Name));
        var bySource = _hosts.ToLookup(host => host.First.Source);
        foreach (var document in _documents)
        {
            if (!document.Facts.Forwards && document.Facts.Hosts.Count == 0)
                continue;
            foreach (var host in bySource[document.Source])
            {
                host.Forwards |= document.Facts.Forwards;
                foreach (var fact in document.Facts.Hosts.Where(fact => string.Equals(fact.Name, host.Label, StringComparison.OrdinalIgnoreCase)))
                {
                    if (fact.Kind == HostFactKind.Outer)
                        host.Outer.Add((fact.Prefix.Address, fact.Position));
                    else if (fact.Kind == HostFactKind.Behind)
                        host.Said.Add((fact.Prefix, fact.Position));
                }
            }
        }
    }

    private static Dictionary<PublicKey, WrittenKey> FindPeerKeys(List<Host> hosts)
    {
        var keys = new Dictionary<PublicKey, WrittenKey>();
        foreach (var peer in hosts.SelectMany(host => host.Versions).SelectMany(version => version.Peers))
        {
            if (peer.PublicKey is { IsKey: true } key)
                keys.TryAdd(key.PublicKey, key);
        }

        return keys;
    }

    private static List<Network> FindNetworks(List<Host> hosts)
    {
        var networks = new List<Network>();
        var waiting = new Queue<Host>();
        foreach (var first in hosts)
        {
            if (first.Network is not null)
                continue;
            var network = new Network();
            networks.Add(network);
            Reach(first);
            while (waiting.TryDequeue(out var host))
            {
                network.Hosts.Add(host);
                foreach (var link in host.Out)
                    Reach(link.To);
                foreach (var link in host.In)
                    Reach(link.From);
            }

            void Reach(Host host)
            {
                if (host.Network is not null)
                    return;
                host.Network = network;
                waiting.Enqueue(host);
            }
        }

        return networks;
    }
}
