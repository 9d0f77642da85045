using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;
using Warren.Config.Language;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check;

/// <summary>One WireGuard interface of one machine, in all versions that were read. What is known of it is what any version says.</summary>
internal sealed class Host(Tunnel first)
{
    private readonly List<Tunnel> _versions = [first];
    private Dictionary<PublicKey, TunnelPeer>? _peers;
    private HashSet<PublicKey>[]? _versionKeys;
    private HashSet<string>? _peerLabels;
    private HashSet<IpAddress>? _dialled;

    internal IReadOnlyList<Tunnel> Versions => _versions;

    internal Tunnel First => _versions[0];

    /// <summary>Its public key; null when no private key was read.</summary>
    internal PublicKey? Key { get; } = first.PrivateKey is { IsKey: true } key ? key.PublicKey : null;

    /// <summary>Which network it is in.</summary>
    internal Network Network { get; set; } = null!;

    /// <summary>Peers of others, and of which, that are this host.</summary>
    internal List<Link> In { get; } = [];

    /// <summary>Its peers that are hosts that were read.</summary>
    internal List<Link> Out { get; } = [];

    internal bool IsRouter => First.Form == TunnelForm.Authority;

    /// <summary>What people call it, or null.</summary>
    internal string? Label { get; private set; }

    /// <summary>Its addresses, in all versions.</summary>
    internal IReadOnlyList<WrittenPrefix> Addresses => field ??= [.. _versions.SelectMany(v => v.Addresses).DistinctBy(a => a.Address)];

    /// <summary>The ports on which it listens, in all versions.</summary>
    internal IReadOnlyList<ushort> Ports => field ??= [.. _versions.Where(v => v.ListenPort is not null).Select(v => v.ListenPort!.Value).Distinct()];

    /// <summary>Where it is said to be reached from outside, and by whom it is said.</summary>
    internal List<(IpAddress Address, SourcePosition Position)> Outer { get; } = [];

    /// <summary>Subnets that prose says it serves.</summary>
    internal List<(IpPrefix Prefix, SourcePosition Position)> Said { get; } = [];

    /// <summary>Whether anything says that it forwards.</summary>
    internal bool Forwards { get; set; }

    internal void Add(Tunnel version) => _versions.Add(version);

    internal void Settle()
    {
        Label = _versions.OrderByDescending(v => v.LabelKind).FirstOrDefault(v => v.LabelKind >= LabelKind.FileName)?.Label;
        Forwards |= _versions.Any(v => v.Forwards);
        foreach (var version in _versions)
        {
            foreach (var address in version.OuterAddresses)
                Outer.Add((address, version.LabelPosition));
        }
    }

    /// <summary>Its peer with a key, in any version; or null.</summary>
    internal TunnelPeer? PeerWith(PublicKey key)
    {
        _peers ??= IndexPeers();
        return _peers.GetValueOrDefault(key);
    }

    /// <summary>Whether a version of it has a peer with a key.</summary>
    internal bool HasPeer(Tunnel version, PublicKey key)
    {
        _versionKeys ??= _versions.Select(v => v.Peers.Where(p => p.PublicKey is { IsKey: true }).Select(p => p.PublicKey!.PublicKey).ToHashSet()).ToArray();
        return _versionKeys[_versions.FindIndex(v => ReferenceEquals(v, version))].Contains(key);
    }

    /// <summary>Whether it has a peer with a name.</summary>
    internal bool HasPeerNamed(string label) =>
        (_peerLabels ??= _versions.SelectMany(v => v.Peers).Select(p => p.Label).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase)).Contains(label);

    /// <summary>Whether it dials an address.</summary>
    internal bool Dials(IpAddress address) =>
        (_dialled ??= _versions.SelectMany(v => v.Peers).Select(p => p.Endpoint?.Address).OfType<IpAddress>().ToHashSet()).Contains(address);

    internal bool Has(IpAddress address) => Addresses.Any(a => a.Address == address);

    /// <summary>For messages: "s2 (file:58)".</summary>
    internal string Name => $"{ShortName} ({Remarks.At(First.Position)})";

    /// <summary>"s2", or what else tells it apart.</summary>
    internal string ShortName => Label ?? (Addresses.Count > 0 ? Addresses[0].Address.ToString() : Key?.ToShortString() ?? First.InterfaceName ?? "the host");

    private Dictionary<PublicKey, TunnelPeer> IndexPeers()
    {
        var peers = new Dictionary<PublicKey, TunnelPeer>();
        foreach (var peer in _versions.SelectMany(v => v.Peers))
        {
            if (peer.PublicKey is { IsKey: true } key)
                peers.TryAdd(key.PublicKey, peer);
        }

        return peers;
    }
}
