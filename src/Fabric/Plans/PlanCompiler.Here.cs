using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

// What the machine itself offers: the ports of profiles, then host services, at each of its addresses.
public sealed partial class PlanCompiler
{
    private sealed record HereOffer(
        IpAddress? Address, string? Link, string Name, IReadOnlyList<(IpProtocol Protocol, PortRange Ports)> Transports, IReadOnlyList<AccessPolicy> Policies, bool IsPublic);

    private void CollectOffers()
    {
        var owners = OwnAddresses().ToDictionary(own => own.Address, own => own.Interface);
        var uses = ProfileUse.Of(_router).Where(use => use.Node.Name == _node.Name).ToList();
        foreach (var port in _ports)
        {
            if (port.Network.IsGenerated)
                continue;
            foreach (var address in port.Network.Addresses)
            {
                if (owners[address.Address] != port.Plan.Id)
                    continue;
                foreach (var use in uses.Where(use => use.Address == address))
                    Offer(address.Address, null, use.Profile);
                foreach (var service in address.HostServices)
                    Offer(address.Address, null, service);
            }

            if (!port.Network.IsDhcp)
                continue;
            var link = LinkName(port.Device, port.Network);
            foreach (var use in uses.Where(use => use.Address is null && use.Interface.Name == port.Network.Name))
                Offer(null, link, use.Profile);
            foreach (var service in port.Network.HostServices)
                Offer(null, link, service);
        }
    }

    private void Offer(IpAddress? address, string? link, WireguardProfile profile)
    {
        var view = _catalog.ByName[GeneratedNames.Service(_router.Name, profile.Name)];
        _offers.Add(new HereOffer(address, link, view.Name, [(IpProtocol.Udp, new PortRange(profile.Port, profile.Port, default))], view.AccessPolicies, view.Service.Scope == Scope.Public));
    }

    private void Offer(IpAddress? address, string? link, HostService service)
    {
        if (service.IsEnabled)
            _offers.Add(new HereOffer(address, link, $"host-service {service.Type}", service.Transports, service.AccessPolicies, service.AccessPolicies.Count == 0));
    }

    private List<HereRow> CompileHere(List<SourceClass> classes)
    {
        var rows = new List<HereRow>();
        foreach (var of in classes)
        {
            var groups = new Dictionary<(IpAddress? Address, string? Link, IpProtocol Protocol), List<Flattening.Rule<int>>>();
            for (var i = 0; i < _offers.Count; i++)
            {
                foreach (var (protocol, ports) in _offers[i].Transports)
                {
                    if (ports.From > ports.To)
                        continue;
                    var key = (_offers[i].Address, _offers[i].Link, protocol);
                    if (!groups.TryGetValue(key, out var rules))
                        groups[key] = rules = [];
                    rules.Add(new(new IpPrefix(_offers[i].Address ?? IpAddress.V4(0), (_offers[i].Address ?? IpAddress.V4(0)).BitLength), ports, i, i));
                }
            }

            foreach (var ((address, link, protocol), rules) in groups)
            {
                foreach (var box in Flattening.Flatten(rules))
                {
                    rows.Add(new HereRow(address, link, protocol, box.FromPort, box.ToPort, of.Id, _offers[box.Outcome].Name,
                        of.Answers[_services.Count + box.Outcome] == Allowed));
                }
            }
        }

        return [.. rows.OrderBy(row => row.Link, StringComparer.Ordinal).ThenBy(row => row.Address).ThenBy(row => row.Protocol).ThenBy(row => row.FromPort).ThenBy(row => row.Class)];
    }
}
