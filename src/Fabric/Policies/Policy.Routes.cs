using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

// How a session of a service is delivered: its routes in the order of names, else the machine's networks.
public sealed partial class Policy
{
    // The overhead of a WireGuard packet: at most 40 bytes of IP, 8 of UDP, 16 of header, 16 of tag (the paper, section 5.4.6).
    private const int Overhead = 80;
    private const int DefaultMtu = 1500;

    private readonly record struct Egress(NetworkInterface Network, IpAddress? Gateway, WireguardProfile? Profile);

    private Decision Route(Packet packet, string tenant, ServiceView view, LookupStage stage, List<Step> steps)
    {
        var refused = new Decision(Verdict.NoRoute, steps) { Tenant = tenant, Service = view.Name, Stage = stage };
        var routes = RoutesOf(view);
        if (routes.Count == 0)
        {
            if (Find(packet.Destination) is not { } egress)
            {
                steps.Add(new Step("route", $"{view.Name} has no service route at {_router.Name}, and {packet.Destination} is in none of its networks", view.Service.Position) { Node = view.Service.Node });
                return refused;
            }

            steps.Add(new Step("route", $"no service route: {packet.Destination} is reached by {egress.Network.Name}", egress.Network.Position) { Node = egress.Network.Node });
            return Deliver(packet, view, refused, egress, steps);
        }

        foreach (var route in routes)
        {
            var translated = route.NatTargets.Count > 0;
            var target = route.NatTargets.Select(t => t.Address).FirstOrDefault(address => address?.IsIPv6 == packet.Destination.IsIPv6);
            if (translated && target is null)
                continue;
            var destination = target ?? packet.Destination;
            if (route.Hosts.Any(host => host.NodeName == _node.Name))
            {
                steps.Add(new Step("route", $"service route {route.Name}: the machine itself", route.Position) { Node = route.Node });
                return refused with { Verdict = Verdict.AllowedHere, Route = route.Name };
            }

            var egress = Hop(route, destination.IsIPv6)
                ?? (route.NextHops.Count == 0 && translated ? Find(destination) : null)
                ?? (route.UsesLearnedRoutes ? Find(destination) : null);
            if (egress is null && !route.UsesLearnedRoutes)
                continue;
            steps.Add(new Step("route", $"service route {route.Name}", route.Position) { Node = route.Node });
            if (target is not null)
                steps.Add(new Step("nat", $"destination becomes {destination}", route.PositionOf(ServiceRoute.NatTargetLeaf, destination.ToString())) { Node = route.Node });
            if (route.PortTarget is { } port)
                steps.Add(new Step("nat", $"port becomes {port}", route.PositionOf(ServiceRoute.PortTargetLeaf)) { Node = route.Node });
            var chosen = refused with { Route = route.Name, NatTarget = target, PortTarget = route.PortTarget };
            if (egress is not { } way)
            {
                steps.Add(new Step("next-hop", "by the machine's own routes", route.PositionOf(ServiceRoute.UseLearnedRoutesLeaf)) { Node = route.Node });
                return chosen with { Verdict = Verdict.Allowed };
            }

            return Deliver(packet with { Destination = destination }, view, chosen, way, steps);
        }

        steps.Add(new Step("route", $"no service route of {view.Name} leads anywhere from node {_node.Name} for {(packet.Destination.IsIPv6 ? "IPv6" : "IPv4")}", routes[0].Position) { Node = routes[0].Node });
        return refused;
    }

    private List<ServiceRoute> RoutesOf(ServiceView view)
    {
        for (var of = view; of is not null; of = of.Parent)
        {
            var routes = _router.ServiceRoutes.Where(route => route.ServiceName == of.Name).OrderBy(route => route.Name, StringComparer.Ordinal).ToList();
            if (routes.Count > 0)
                return routes;
        }

        return [];
    }

    // The first next hop of this node whose interface is there and, where gateways are named, has one of the family.
    private Egress? Hop(ServiceRoute route, bool isIPv6)
    {
        foreach (var hop in route.NextHops)
        {
            if (hop.NodeName != _node.Name || _interfaces.Find(i => i.Network.Name == hop.Interface && IsUsed(i.Device)).Network is not { } network)
                continue;
            if (ProfileOf(network) is { } profile)
                return new Egress(network, null, profile);
            var gateways = hop.Gateways;
            var gateway = gateways.Where(address => address.IsIPv6 == isIPv6).Select(address => (IpAddress?)address).FirstOrDefault();
            if (gateways.Count > 0 && gateway is null)
                continue;
            return new Egress(network, gateway, null);
        }

        return null;
    }

    // The machine's networks: the longest prefix, of its own networks first, then of peers; then the gateway of the first interface that has one.
    private Egress? Find(IpAddress destination)
    {
        (int Length, Egress Egress)? best = null;
        foreach (var (device, network) in _interfaces)
        {
            if (!IsUsed(device) || network.IsGenerated)
                continue;
            foreach (var address in network.Addresses)
            {
                if (address.PrefixLength < address.Address.BitLength && new IpPrefix(address.Address, address.PrefixLength).Contains(destination)
                    && (best is null || address.PrefixLength > best.Value.Length))
                    best = (address.PrefixLength, new Egress(network, null, null));
            }
        }

        foreach (var (device, network) in _interfaces)
        {
            if (!IsUsed(device) || ProfileOf(network) is not { } profile)
                continue;
            foreach (var inside in profile.PrivateNetwork?.Addresses ?? [])
                Take(inside.Network);
            foreach (var peer in profile.Peers)
            {
                foreach (var allowed in peer.IsEnabled ? peer.AllowedIps : [])
                    Take(allowed.Network);
            }

            void Take(IpPrefix prefix)
            {
                if (prefix.Contains(destination) && (best is null || prefix.Length > best.Value.Length))
                    best = (prefix.Length, new Egress(network, null, profile));
            }
        }

        if (best is { Length: > 0 })
            return best.Value.Egress;
        foreach (var (device, network) in _interfaces)
        {
            if (!IsUsed(device) || network.IsGenerated)
                continue;
            foreach (var address in network.Addresses)
            {
                if (address.Gateway is { } gateway && gateway.IsIPv6 == destination.IsIPv6)
                    return new Egress(network, gateway, null);
            }
        }

        return best?.Egress;
    }

    private Decision Deliver(Packet packet, ServiceView view, Decision chosen, Egress way, List<Step> steps)
    {
        if (way.Profile is { } profile)
        {
            steps.Add(new Step("next-hop", $"into profile {profile.Name}", profile.Position) { Node = profile.Node });
            if (FindPeer(profile, packet.Destination) is not { } peer)
            {
                steps.Add(new Step("peer", $"no peer of {profile.Name} has {packet.Destination} among its allowed IPs", profile.Position) { Node = profile.Node });
                return chosen with { Verdict = Verdict.NoPeer, Egress = way.Network.Name };
            }

            steps.Add(new Step("peer", $"to peer {peer.Peer.Name}, by allowed IP {peer.Prefix}", peer.Peer.PositionOf(Peer.AllowedIpLeaf, peer.Text)) { Node = peer.Peer.Node });
            var outer = _uses.Where(use => use.Profile.Name == profile.Name).Select(use => use.Interface.Mtu ?? DefaultMtu).DefaultIfEmpty(DefaultMtu).Min();
            steps.Add(new Step("mtu", $"at most {outer - Overhead} bytes inside, over a link of {outer}", default));
            return chosen with { Verdict = Verdict.Allowed, Egress = way.Network.Name, Peer = peer.Peer.Name };
        }

        var translates = way.Network.SourceNat && !view.Service.KeepsSources;
        steps.Add(new Step("next-hop", $"out by {way.Network.Name}{(way.Gateway is { } gateway ? $", router {gateway}" : "")}", way.Network.Position) { Node = way.Network.Node });
        if (translates)
            steps.Add(new Step("nat", "source becomes the interface's own address", way.Network.PositionOf(NetworkInterface.SourceNatLeaf)) { Node = way.Network.Node });
        return chosen with { Verdict = Verdict.Allowed, Egress = way.Network.Name, Gateway = way.Gateway, SourceNat = translates };
    }
}
