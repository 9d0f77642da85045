using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

// What a destination is, class by class and stage by stage, and how each service is delivered.
public sealed partial class PlanCompiler
{
    private readonly Dictionary<(string Service, bool IsIPv6), Delivery> _deliveries = [];
    private readonly Dictionary<bool, List<Flattening.Box<Way>>> _ways = [];

    private readonly record struct Outcome(int Service, bool IsDenied);

    // A way out of the machine's networks.
    private readonly record struct Way(WayOut Kind, int Interface, IpAddress? Gateway);

    private readonly record struct EntryKey(string Service, string? Route, bool IsIPv6, Way Way, IpAddress? Target, ushort? PortTarget);

    // One entry for all destinations, or one per way that the destination is reached by, and another where there is none.
    private sealed record Delivery(int Fixed, string? Route, IpAddress? Target, ushort? PortTarget, WayOut Otherwise);

    private List<ServiceRow> CompileServices(List<SourceClass> classes)
    {
        var rows = new List<ServiceRow>();
        foreach (var of in classes)
        {
            var groups = new SortedDictionary<(LookupStage Stage, IpProtocol Protocol), List<Flattening.Rule<Outcome>>>();
            for (var i = 0; i < _services.Count; i++)
            {
                if (of.Answers[i] != None)
                    AddRules(groups, i, of.Answers[i] == Denied);
            }

            foreach (var ((stage, protocol), rules) in groups)
            {
                foreach (var box in Flattening.Flatten(rules))
                    AddRows(rows, of.Id, stage, protocol, box);
            }
        }

        rows.Sort(static (a, b) =>
        {
            var order = a.Stage.CompareTo(b.Stage);
            if (order == 0)
                order = a.Addresses.From.CompareTo(b.Addresses.From);
            if (order == 0)
                order = a.Addresses.To.CompareTo(b.Addresses.To);
            if (order == 0)
                order = a.Protocol.CompareTo(b.Protocol);
            if (order == 0)
                order = a.FromPort.CompareTo(b.FromPort);
            return order == 0 ? a.Class.CompareTo(b.Class) : order;
        });
        return rows;
    }

    // Services are in the order of names: the lower wins where two have the same prefix.
    private void AddRules(SortedDictionary<(LookupStage, IpProtocol), List<Flattening.Rule<Outcome>>> groups, int index, bool isDenied)
    {
        var view = _services[index];
        foreach (var address in view.Service.Addresses)
        {
            if (address.Prefix is not { } prefix)
                continue;
            if (view.Transports.Count == 0)
                Group((LookupStage.Any, IpProtocol.Any)).Add(new(prefix, PortRange.All, index, new Outcome(index, isDenied)));
            foreach (var transport in view.Transports)
            {
                if (transport.Ports.Count == 0 || !IpProtocols.HasPorts(transport.Protocol))
                {
                    Group((LookupStage.Protocol, transport.Protocol)).Add(new(prefix, PortRange.All, index, new Outcome(index, isDenied)));
                    continue;
                }

                foreach (var range in transport.Ports)
                {
                    if (range.From <= range.To)
                        Group((LookupStage.Port, transport.Protocol)).Add(new(prefix, range, index, new Outcome(index, isDenied)));
                }
            }
        }

        List<Flattening.Rule<Outcome>> Group((LookupStage, IpProtocol) key)
        {
            if (!groups.TryGetValue(key, out var rules))
                groups[key] = rules = [];
            return rules;
        }
    }

    private void AddRows(List<ServiceRow> rows, int of, LookupStage stage, IpProtocol protocol, Flattening.Box<Outcome> box)
    {
        var view = _services[box.Outcome.Service];
        if (box.Outcome.IsDenied)
        {
            rows.Add(new ServiceRow(stage, box.Addresses, protocol, box.FromPort, box.ToPort, of, view.Name, 0));
            return;
        }

        var isIPv6 = box.Addresses.IsIPv6;
        if (!_deliveries.TryGetValue((view.Name, isIPv6), out var delivery))
            _deliveries[(view.Name, isIPv6)] = delivery = Deliver(view, isIPv6);
        if (delivery.Fixed != 0)
        {
            rows.Add(new ServiceRow(stage, box.Addresses, protocol, box.FromPort, box.ToPort, of, view.Name, delivery.Fixed));
            return;
        }

        // Along the ways, which cover all addresses that have one; what lies between them has none.
        var ways = Ways(isIPv6);
        var at = box.Addresses.From;
        var next = FirstWay(ways, at);
        while (true)
        {
            var way = next < ways.Count && ways[next].Addresses.From <= at ? ways[next].Outcome : new Way(delivery.Otherwise, 0, null);
            var end = box.Addresses.To;
            if (next < ways.Count && ways[next].Addresses.From <= at)
                end = Least(end, ways[next++].Addresses.To);
            else if (next < ways.Count && ways[next].Addresses.From <= end)
                end = AddressRange.Before(ways[next].Addresses.From);
            rows.Add(new ServiceRow(stage, new AddressRange(at, end), protocol, box.FromPort, box.ToPort, of, view.Name,
                Entry(view, delivery.Route, isIPv6, way, delivery.Target, delivery.PortTarget)));
            if (end == box.Addresses.To)
                return;
            at = AddressRange.After(end);
        }
    }

    private static IpAddress Least(IpAddress left, IpAddress right) => left < right ? left : right;

    private static int FirstWay(List<Flattening.Box<Way>> ways, IpAddress address)
    {
        int low = 0, high = ways.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ways[middle].Addresses.To < address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // The first route by name that leads anywhere for the family delivers it; the others stand in, or share (facts C4).
    private Delivery Deliver(ServiceView view, bool isIPv6)
    {
        IReadOnlyList<ServiceRoute> routes = [];
        for (var of = view; of is not null && routes.Count == 0; of = of.Parent)
            routes = [.. _router.ServiceRoutes.Where(route => route.ServiceName == of.Name).OrderBy(route => route.Name, StringComparer.Ordinal)];
        if (routes.Count == 0)
            return new Delivery(0, null, null, null, WayOut.None);
        Delivery? first = null;
        var others = new List<int>();
        foreach (var route in routes)
        {
            if (By(view, route, isIPv6) is not { } delivery)
                continue;
            if (first is null)
                first = delivery;
            else if (delivery.Fixed != 0)
                others.Add(delivery.Fixed);
        }

        if (first is null)
            return new Delivery(Entry(view, null, isIPv6, new Way(WayOut.None, 0, null), null, null), null, null, null, WayOut.None);
        if (first.Fixed != 0 && others.Count > 0)
        {
            var (key, entry) = _entries.First(of => of.Value.Id == first.Fixed);
            _entries[key] = entry with { Others = others, IsProportional = _authority.ServicePolicies.FirstOrDefault(of => of.Name == view.ServicePolicy)?.IsProportional == true };
        }

        return first;
    }

    // How one route delivers it; null where it leads nowhere for the family.
    private Delivery? By(ServiceView view, ServiceRoute route, bool isIPv6)
    {
        IpAddress? target = null;
        foreach (var candidate in route.NatTargets)
        {
            if (target is null && candidate.Address is { } address && address.IsIPv6 == isIPv6)
                target = address;
        }

        if (route.NatTargets.Count > 0 && target is null)
            return null;
        if (route.Hosts.Any(host => host.NodeName == _node.Name))
            return Single(new Way(WayOut.Machine, 0, null), null, null);
        if (NextHop(route, isIPv6) is { } hop)
            return Single(hop, target, route.PortTarget);
        if (target is { } destination && (route.NextHops.Count == 0 || route.UsesLearnedRoutes))
        {
            var ways = Ways(isIPv6);
            var at = FirstWay(ways, destination);
            if (at < ways.Count && ways[at].Addresses.Contains(destination))
                return Single(ways[at].Outcome, target, route.PortTarget);
            return route.UsesLearnedRoutes ? Single(new Way(WayOut.LearnedRoutes, 0, null), target, route.PortTarget) : null;
        }

        return route.UsesLearnedRoutes ? new Delivery(0, route.Name, null, route.PortTarget, WayOut.LearnedRoutes) : null;

        Delivery Single(Way way, IpAddress? to, ushort? port) => new(Entry(view, route.Name, isIPv6, way, to, port), route.Name, to, port, WayOut.None);
    }

    private Way? NextHop(ServiceRoute route, bool isIPv6)
    {
        foreach (var hop in route.NextHops)
        {
            if (hop.NodeName != _node.Name || _ports.Find(port => port.Network.Name == hop.Interface) is not { } port)
                continue;
            if (port.Profile is not null)
                return new Way(WayOut.Profile, port.Plan.Id, null);
            if (hop.Gateways.Count == 0)
                return new Way(WayOut.Interface, port.Plan.Id, null);
            foreach (var gateway in hop.Gateways)
            {
                if (gateway.IsIPv6 == isIPv6)
                    return new Way(WayOut.Interface, port.Plan.Id, gateway);
            }
        }

        return null;
    }

    // The machine's networks as disjoint ranges: its own before those of peers, and the first gateway for everything else.
    private List<Flattening.Box<Way>> Ways(bool isIPv6)
    {
        if (_ways.TryGetValue(isIPv6, out var ways))
            return ways;
        var rules = new List<Flattening.Rule<Way>>();
        var hasGateway = false;
        foreach (var port in _ports)
        {
            foreach (var address in port.Network.IsGenerated ? [] : port.Network.Addresses)
            {
                if (address.Address.IsIPv6 == isIPv6 && address.PrefixLength < address.Address.BitLength)
                    rules.Add(new(new IpPrefix(address.Address, address.PrefixLength), PortRange.All, rules.Count, new Way(WayOut.Interface, port.Plan.Id, null)));
                if (hasGateway || address.Gateway is not { } gateway || gateway.IsIPv6 != isIPv6)
                    continue;
                hasGateway = true;
                rules.Add(new(new IpPrefix(AddressRange.All(isIPv6).From, 0), PortRange.All, -1, new Way(WayOut.Interface, port.Plan.Id, gateway)));
            }
        }

        foreach (var port in _ports)
        {
            if (port.Profile is not { } profile)
                continue;
            foreach (var network in (profile.PrivateNetwork?.Addresses ?? []).Concat(profile.Peers.Where(peer => peer.IsEnabled).SelectMany(peer => peer.AllowedIps)))
            {
                if (network.IsIPv6 == isIPv6)
                    rules.Add(new(network.Network, PortRange.All, int.MaxValue / 2 + rules.Count, new Way(WayOut.Profile, port.Plan.Id, null)));
            }
        }

        return _ways[isIPv6] = Flattening.Flatten(rules);
    }

    // Ids stay what they were while there is such an entry.
    private int Entry(ServiceView view, string? route, bool isIPv6, Way way, IpAddress? target, ushort? portTarget)
    {
        var key = new EntryKey(view.Name, route, isIPv6, way, target, portTarget);
        if (_entries.TryGetValue(key, out var entry))
            return entry.Id;
        var port = way.Interface == 0 ? null : _ports.Find(p => p.Plan.Id == way.Interface);
        var policy = view.ServicePolicy is { } name ? _authority.ServicePolicies.FirstOrDefault(of => of.Name == name) : null;
        byte? dscp = policy?.ServiceClass is { } serviceClass && _authority.ServiceClasses.FirstOrDefault(of => of.Name == serviceClass) is { } found ? found.Dscp : null;
        entry = new EntryPlan(0, view.Name, route, isIPv6, way.Kind, way.Interface, way.Gateway, target, portTarget,
            way.Kind == WayOut.Interface && port!.Plan.SourceNat && !view.Service.KeepsSources, dscp, policy?.TransportState ?? TransportState.Reset);
        entry = entry with { Id = IdOf(entry) };
        _entries[key] = entry;
        return entry.Id;
    }

    private int IdOf(EntryPlan entry)
    {
        if (_before is null)
            return ++_nextEntry;
        _knownEntries ??= _before?.Entries.GroupBy(KeyOf).ToDictionary(of => of.Key, of => of.First().Id) ?? [];
        _reserved ??= [.. _knownEntries.Values];
        if (_knownEntries.TryGetValue(KeyOf(entry), out var id) && _entryIds.Add(id))
            return id;
        do
            _nextEntry++;
        while (_reserved.Contains(_nextEntry) || !_entryIds.Add(_nextEntry));
        return _nextEntry;
    }

    // What makes an entry the same as before: the service and its way, not how its packets are marked.
    private static string KeyOf(EntryPlan entry) => $"{entry.Service} {entry.Route} {entry.IsIPv6} {entry.Way} {entry.Interface} {entry.Gateway} {entry.NatTarget} {entry.PortTarget}";

    private Dictionary<string, int>? _knownEntries;
    private HashSet<int>? _reserved;
    private int _nextEntry;
}
