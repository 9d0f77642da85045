using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>
/// Makes the plan of a node. What <see cref="Policy"/> says packet by packet is here said at once for all: sources fall into classes that may do the same, destinations into disjoint
/// ranges per class and stage of lookup. The two share their types and nothing else.
/// </summary>
public sealed partial class PlanCompiler
{
    private readonly Authority _authority;
    private readonly Router _router;
    private readonly RouterNode _node;
    private readonly NodePlan? _before;
    private readonly ServiceCatalog _catalog;
    private readonly List<Port> _ports = [];
    private readonly Dictionary<string, WireguardProfile> _profiles = [];
    private readonly List<ServiceView> _services = [];
    private readonly List<HereOffer> _offers = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<EntryKey, EntryPlan> _entries = [];
    private readonly SortedSet<int> _entryIds = [];

    private PlanCompiler(Authority authority, ServiceCatalog catalog, Router router, RouterNode node, NodePlan? before) =>
        (_authority, _catalog, _router, _node, _before) = (authority, catalog, router, node, before);

    /// <summary>Makes the plan of a node.</summary>
    /// <param name="effective">The configuration with everything generated.</param>
    /// <param name="router">The router.</param>
    /// <param name="node">The node.</param>
    /// <param name="before">The plan before, whose ids are kept; null for none.</param>
    /// <param name="services">The services, where many nodes share them.</param>
    public static PlanResult Compile(
        Authority effective, Router router, RouterNode node, NodePlan? before = null, ServiceCatalog? services = null)
    {
        ArgumentNullException.ThrowIfNull(effective);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(node);
        return new PlanCompiler(effective, services ?? new ServiceCatalog(effective), router, node, before).Compile();
    }

    // A network interface that is in use.
    private sealed record Port(InterfacePlan Plan, DeviceInterface Device, NetworkInterface Network, WireguardProfile? Profile);

    private PlanResult Compile()
    {
        if (!_node.IsEnabled)
            return new PlanResult(Empty(), []);
        foreach (var profile in _router.Profiles)
            _profiles[GeneratedNames.Interface(profile.Name)] = profile;
        if (!TryNumberInterfaces())
            return new PlanResult(null, _findings);
        var own = _router.Profiles.Select(profile => GeneratedNames.Service(_router.Name, profile.Name)).ToHashSet();
        _services.AddRange(_catalog.On(_router).Where(view => !own.Contains(view.Name)));
        CollectOffers();
        var sources = CompileSources(out var classes);
        var rows = CompileServices(classes);
        var here = CompileHere(classes);
        if (rows.Count + sources.Count + here.Count > NodePlan.MostRows)
        {
            Refuse("plan-too-large", $"the lookup of node {_node.Name} of router {_router.Name} has {rows.Count + sources.Count + here.Count:N0} rows; the kernel takes {NodePlan.MostRows:N0} in a few seconds, and more in minutes",
                "let services apply to fewer routers, or give tenants the same access policies");
            return new PlanResult(null, _findings);
        }

        if (_entries.Count > EntryPlan.HighestId)
        {
            Refuse("plan-too-large", $"node {_node.Name} of router {_router.Name} delivers services in {_entries.Count:N0} ways; there are {EntryPlan.HighestId:N0}", "let services apply to fewer routers");
            return new PlanResult(null, _findings);
        }

        // Ids of the plan before and new ones do not fit beside each other: all are given anew.
        if (_entryIds.Max is > EntryPlan.HighestId && _before is { } before)
            return new PlanCompiler(_authority, _catalog, _router, _node, before with { Entries = [] }).Compile();
        var plan = new NodePlan
        {
            Router = _router.Name,
            Node = _node.Name,
            Links = Links(),
            Devices = Devices(),
            Interfaces = [.. _ports.Select(port => port.Plan).OrderBy(plan => plan.Id)],
            Classes = [.. classes.Select(of => new ClassPlan(of.Id, [.. of.Tenants.Order(StringComparer.Ordinal)]))],
            Sources = sources,
            Services = rows,
            Here = here,
            OwnAddresses = [.. OwnAddresses().OrderBy(own => own.Address)],
            Entries = [.. _entries.Values.OrderBy(entry => entry.Id)],
            Sessions = Sessions(),
        };
        Prove(plan);
        return new PlanResult(plan, _findings);
    }

    [Conditional("DEBUG")]
    private static void Prove(NodePlan plan) => Disjointness.Check(plan);

    private NodePlan Empty() => new()
    {
        Router = _router.Name,
        Node = _node.Name,
        Links = [],
        Devices = [],
        Interfaces = [],
        Classes = [],
        Sources = [],
        Services = [],
        Here = [],
        OwnAddresses = [],
        Entries = [],
        Sessions = [],
    };

    private void Refuse(string rule, string message, string fix) =>
        _findings.Add(new Finding(rule, Severity.Error, message) { Router = _router.Name, Position = _node.Position, Fix = fix });

    // Ids stay what they were; new interfaces take the lowest that is free, in the order of names.
    private bool TryNumberInterfaces()
    {
        var used = new List<(DeviceInterface Device, NetworkInterface Network)>();
        foreach (var device in _node.Devices)
        {
            if (!device.IsEnabled || !device.Forwards)
                continue;
            foreach (var network in device.Interfaces)
                used.Add((device, network));
        }

        if (used.Count > InterfacePlan.HighestId)
        {
            Refuse("too-many-interfaces", $"node {_node.Name} of router {_router.Name} has {used.Count} network interfaces; a session's mark has room for {InterfacePlan.HighestId}", "use fewer, or another node");
            return false;
        }

        var ids = new Dictionary<string, int>();
        foreach (var (_, network) in used)
        {
            if (_before?.Interfaces.FirstOrDefault(plan => plan.Name == network.Name) is { } known)
                ids[network.Name] = known.Id;
        }

        foreach (var (device, network) in used)
        {
            if (!ids.TryGetValue(network.Name, out var id))
            {
                id = FreeInterfaceId(ids);
                ids[network.Name] = id;
            }

            var profile = network.IsGenerated ? _profiles.GetValueOrDefault(network.Name) : null;
            var isPoliced = profile is not null || network.Tenant is not null || network.Neighborhoods.Count > 0 || network.TenantPrefixes.Count > 0;
            _ports.Add(new Port(
                new InterfacePlan(id, network.Name, profile?.Name ?? LinkName(device, network), profile is not null, isPoliced, network.AnswersIcmp, network.SourceNat,
                    network.EnforcedMss == 0 ? null : network.EnforcedMss),
                device, network, profile));
        }

        return true;
    }

    // The lowest that no interface has, nor had before: marks of its sessions are still about. Where all were given away once, the lowest that none has.
    private int FreeInterfaceId(Dictionary<string, int> ids)
    {
        var free = Enumerable.Range(1, InterfacePlan.HighestId).Where(id => !ids.ContainsValue(id)).ToList();
        var fresh = free.Find(id => _before?.Interfaces.Any(plan => plan.Id == id) != true);
        return fresh == 0 ? free[0] : fresh;
    }

    private static string LinkName(DeviceInterface device, NetworkInterface network) => network.Vlan == 0 ? device.LinuxInterface : $"{device.LinuxInterface}.{network.Vlan}";

    private List<LinkPlan> Links() =>
    [
        .. _ports.Where(port => port.Profile is null).Select(port => new LinkPlan(
            LinkName(port.Device, port.Network), port.Device.Name, port.Network.Vlan, port.Device.IsManaged, port.Network.Mtu,
            [.. port.Network.Addresses.Select(address => new InterfacePrefix(address.Address, address.PrefixLength))],
            [.. port.Network.Addresses.Select(address => address.Gateway).OfType<IpAddress>()],
            port.Network.IsDhcp ? port.Network.Dhcp : null)).OrderBy(link => link.Name, StringComparer.Ordinal),
    ];

    private List<DevicePlan> Devices()
    {
        var devices = new List<DevicePlan>();
        var uses = ProfileUse.Of(_router).Where(use => use.Node.Name == _node.Name).ToList();
        foreach (var port in _ports)
        {
            if (port.Profile is not { } profile)
                continue;
            var owners = new Dictionary<IpPrefix, Peer>();
            foreach (var peer in profile.Peers)
            {
                foreach (var allowed in peer.IsEnabled ? peer.AllowedIps : [])
                    owners[allowed.Network] = peer;
            }

            var peers = new List<PeerPlan>();
            foreach (var peer in profile.Peers)
            {
                if (!peer.IsEnabled || peer.PublicKey is not { } key)
                    continue;
                peers.Add(new PeerPlan(peer.Name, key, peer.PresharedKey, peer.Endpoint is { Address: { } address } endpoint ? new Endpoint(address, endpoint.Port) : null, peer.Keepalive,
                    [.. peer.AllowedIps.Select(allowed => allowed.Network).Distinct().Where(network => owners[network] == peer)]));
            }

            var of = uses.FindAll(use => use.Profile.Name == profile.Name && _ports.Exists(other => other.Network.Name == use.Interface.Name));
            devices.Add(new DevicePlan(
                profile.Name, port.Network.Name, profile.Port, [.. of.Select(use => use.Address?.Address).OfType<IpAddress>()],
                [.. of.Where(use => use.Address is null).Select(use => LinkName(use.Device, use.Interface))], profile.PrivateNetwork?.Addresses ?? [],
                FirstTable + port.Plan.Id, of.Select(use => use.Interface.Mtu ?? DefaultMtu).DefaultIfEmpty(DefaultMtu).Min() - Overhead, peers));
        }

        return [.. devices.OrderBy(device => device.Name, StringComparer.Ordinal)];
    }

    /// <summary>The routing table of interface id 0 (facts/enforcement 3: fwmark N looks up table 100 + N).</summary>
    private const int FirstTable = 100;

    private const int DefaultMtu = 1500;

    // 40 bytes of IPv6, 8 of UDP, 32 of WireGuard (the paper, section 5.4.6): what fits whichever way a peer comes.
    private const int Overhead = 80;

    private IEnumerable<OwnAddress> OwnAddresses()
    {
        var seen = new HashSet<IpAddress>();
        foreach (var port in _ports)
        {
            var addresses = port.Profile is { } profile
                ? profile.PrivateNetwork?.Addresses.Select(address => address.Address) ?? []
                : port.Network.IsGenerated ? [] : port.Network.Addresses.Select(address => address.Address);
            foreach (var address in addresses)
            {
                // Of an address that two interfaces have, the first in the order of the configuration answers.
                if (seen.Add(address))
                    yield return new OwnAddress(address, port.Plan.Id);
            }
        }
    }

    private List<SessionRow> Sessions()
    {
        var classes = _authority.ServiceClasses.ToDictionary(of => of.Name, of => of.Dscp);
        var rows = new List<SessionRow>();
        foreach (var type in _authority.SessionTypes)
        {
            byte? dscp = type.ServiceClass is { } name && classes.TryGetValue(name, out var point) ? point : null;
            foreach (var transport in type.Transports)
            {
                foreach (var range in transport.Ports.Count > 0 ? transport.Ports : [PortRange.All])
                    rows.Add(new SessionRow(type.Name, transport.Protocol, range.From, range.To, type.Timeout, type.InitialTimeout, dscp));
            }
        }

        return [.. rows.OrderBy(row => row.ToPort - row.FromPort).ThenBy(row => row.Protocol).ThenBy(row => row.FromPort).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }
}
