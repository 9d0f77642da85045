using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

/// <summary>
/// What becomes of a packet at a node, and why: the rules of facts C1, C2 and C5 written down one after the other, without tables, so that they can be read against their text. The
/// plan says the same in another way; the tests hold the two against each other.
/// </summary>
public sealed partial class Policy
{
    private readonly Router _router;
    private readonly RouterNode _node;
    private readonly List<(DeviceInterface Device, NetworkInterface Network)> _interfaces = [];
    private readonly Dictionary<string, WireguardProfile> _profiles = [];
    private readonly IReadOnlyList<ServiceView> _services;
    private readonly IReadOnlyList<Tenant> _tenants;
    private readonly List<ProfileUse> _uses;

    /// <summary>The policy of one node.</summary>
    /// <param name="effective">The configuration with everything generated.</param>
    /// <param name="router">The router.</param>
    /// <param name="node">The node.</param>
    public Policy(Authority effective, Router router, RouterNode node)
        : this(effective, new ServiceCatalog(effective), router, node)
    {
    }

    /// <summary>The policy of one node, with views of services that many nodes share.</summary>
    public Policy(Authority effective, ServiceCatalog services, Router router, RouterNode node)
    {
        ArgumentNullException.ThrowIfNull(effective);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(node);
        (_router, _node, _tenants) = (router, node, effective.Tenants);
        _uses = [.. ProfileUse.Of(router).Where(use => use.Node.Name == node.Name)];
        foreach (var profile in router.Profiles)
            _profiles[GeneratedNames.Interface(profile.Name)] = profile;
        foreach (var device in node.Devices)
        {
            foreach (var network in device.Interfaces)
                _interfaces.Add((device, network));
        }

        // The ports of profiles are the machine's own: they are judged apart.
        var ports = router.Profiles.Select(profile => GeneratedNames.Service(router.Name, profile.Name)).ToHashSet();
        _services = [.. services.On(router).Where(view => !ports.Contains(view.Name))];
        PortServices = services.ByName;
    }

    /// <summary>The interfaces by which packets may come in.</summary>
    public IEnumerable<string> Interfaces => _interfaces.Where(i => IsUsed(i.Device)).Select(i => i.Network.Name);

    private IReadOnlyDictionary<string, ServiceView> PortServices { get; }

    /// <summary>What becomes of a packet.</summary>
    public Decision Decide(Packet packet)
    {
        var steps = new List<Step>();
        var found = _interfaces.Find(i => i.Network.Name == packet.Interface);
        if (found.Network is not { } network || !IsUsed(found.Device))
        {
            steps.Add(new Step("interface", $"node {_node.Name} of router {_router.Name} has no interface {packet.Interface} that forwards", _node.Position));
            return new Decision(Verdict.NoInterface, steps);
        }

        steps.Add(new Step("interface", $"comes in by {network.Name} of {found.Device.Name}", network.Position) { Node = network.Node });
        var profile = ProfileOf(network);
        if (profile is not null && !SourcePeer(profile, packet.Source, steps))
            return new Decision(Verdict.SourceNotAllowed, steps);
        var tenant = TenantOf(network, packet.Source, steps);
        if (OwnerOf(packet.Destination) is { } owner)
            return Here(packet, network, profile, tenant, owner, steps);
        return Forward(packet, tenant, steps);
    }

    private bool IsUsed(DeviceInterface device) => _node.IsEnabled && device.IsEnabled && device.Forwards;

    private WireguardProfile? ProfileOf(NetworkInterface network) =>
        network.IsGenerated ? _profiles.GetValueOrDefault(network.Name) : null;

    // The peer that a decrypted packet may come from: the one with the longest allowed IP around its source.
    private static bool SourcePeer(WireguardProfile profile, IpAddress source, List<Step> steps)
    {
        if (FindPeer(profile, source) is not { } peer)
        {
            steps.Add(new Step("peer", $"no peer of {profile.Name} has {source} among its allowed IPs: WireGuard drops it", profile.Position) { Node = profile.Node });
            return false;
        }

        steps.Add(new Step("peer", $"from peer {peer.Peer.Name}, allowed IP {peer.Prefix}", peer.Peer.PositionOf(Peer.AllowedIpLeaf, peer.Text)) { Node = peer.Peer.Node });
        return true;
    }

    internal static (Peer Peer, IpPrefix Prefix, string Text)? FindPeer(WireguardProfile profile, IpAddress address)
    {
        (Peer Peer, IpPrefix Prefix, string Text)? best = null;
        foreach (var peer in profile.Peers)
        {
            if (!peer.IsEnabled)
                continue;
            foreach (var allowed in peer.AllowedIps)
            {
                // Of two peers with the same prefix the last has it, as in the kernel.
                if (allowed.Network.Contains(address) && (best is null || allowed.Length >= best.Value.Prefix.Length))
                    best = (peer, allowed.Network, allowed.ToString());
            }
        }

        return best;
    }

    // Facts C1: the interface's tenant, or a descendant of it that a member or prefix names; the longest prefix decides.
    private string TenantOf(NetworkInterface network, IpAddress source, List<Step> steps)
    {
        if (network.Tenant is { } given)
            steps.Add(new Step("tenant", $"the interface's tenant is {given}", network.PositionOf(NetworkInterface.TenantLeaf)) { Node = network.Node });
        var labels = network.Neighborhoods.ToDictionary(n => n.Name);
        (string Name, IpPrefix Prefix, Step Step)? best = null;
        foreach (var tenant in _tenants)
        {
            if (network.Tenant is { } around && !Tenant.IsInside(tenant.Name, around))
                continue;
            foreach (var member in tenant.Members)
            {
                if (!labels.TryGetValue(member.Neighborhood, out var label))
                    continue;
                foreach (var address in member.Addresses)
                    Consider(tenant.Name, address.Network, () => new Step("tenant", $"{tenant.Name}, by member {address} in neighborhood {label.Name}",
                        member.PositionOf(TenantMember.AddressLeaf, address.ToString())) { Node = member.Node });
            }
        }

        foreach (var prefix in network.TenantPrefixes)
        {
            if (network.Tenant is { } around && !Tenant.IsInside(prefix.Tenant, around))
                continue;
            foreach (var address in prefix.Sources)
                Consider(prefix.Tenant, address.Network, () => new Step("tenant", $"{prefix.Tenant}, by prefix {address} of the interface",
                    prefix.PositionOf(TenantPrefix.SourceLeaf, address.ToString())) { Node = prefix.Node });
        }

        foreach (var label in labels.Values)
            steps.Add(new Step("neighborhood", $"in neighborhood {label.Name}", label.Position) { Node = label.Node });
        if (best is { } chosen)
        {
            steps.Add(chosen.Step);
            return chosen.Name;
        }

        if (network.Tenant is null)
            steps.Add(new Step("tenant", $"{source} is in no tenant here: {Tenant.Global}", network.Position) { Node = network.Node });
        return network.Tenant ?? Tenant.Global;

        void Consider(string name, IpPrefix prefix, Func<Step> step)
        {
            // Equal prefixes are an error of the configuration; the first name has it.
            if (!prefix.Contains(source) || (best is { } b && (b.Prefix.Length > prefix.Length
                || (b.Prefix.Length == prefix.Length && string.CompareOrdinal(b.Name, name) <= 0))))
                return;
            best = (name, prefix, step());
        }
    }

    private Decision Forward(Packet packet, string tenant, List<Step> steps)
    {
        foreach (var stage in new[] { LookupStage.Port, LookupStage.Protocol, LookupStage.Any })
        {
            if (FindService(packet, tenant, stage) is not { } match)
                continue;
            var (view, prefix, transport, policy) = match;
            steps.Add(new Step("service", $"{view.Name}, by address {prefix} and {Describe(stage, transport)}",
                view.Service.PositionOf(Service.AddressLeaf, prefix.ToString())) { Node = view.Service.Node });
            if (transport is not null)
                steps.Add(new Step("service", $"transport {transport.Node.Key}", transport.Position) { Node = transport.Node });
            steps.Add(policy is null
                ? new Step("access", $"{view.Name} is public", view.Service.PositionOf(Service.ScopeLeaf)) { Node = view.Service.Node }
                : new Step("access", $"{(policy.Permission == Permission.Allow ? "allowed" : "denied")} to {policy.Source}", policy.Position) { Node = policy.Node });
            if (policy?.Permission == Permission.Deny)
                return new Decision(Verdict.Denied, steps) { Tenant = tenant, Service = view.Name, Stage = stage };
            return Route(packet, tenant, view, stage, steps);
        }

        steps.Add(new Step("service", $"no service that {tenant} may use has {packet.Destination} {Describe(packet)}", default));
        foreach (var other in NearMisses(packet, tenant))
            steps.Add(other);
        return new Decision(Verdict.NoService, steps) { Tenant = tenant };
    }

    private (ServiceView View, IpPrefix Prefix, Transport? Transport, AccessPolicy? Policy)? FindService(Packet packet, string tenant, LookupStage stage)
    {
        (ServiceView View, IpPrefix Prefix, Transport? Transport, AccessPolicy? Policy)? best = null;
        foreach (var view in _services)
        {
            if (!Speaks(view, packet, stage, out var transport))
                continue;
            foreach (var address in view.Service.Addresses)
            {
                // Of two services with the same prefix the first by name has it (facts C2).
                if (address.Prefix is not { } prefix || !prefix.Contains(packet.Destination) || (best is { } b && b.Prefix.Length >= prefix.Length))
                    continue;
                var policy = Access.Find(view.AccessPolicies, tenant, packet.Source);
                if (policy is null && view.Service.Scope == Scope.Private)
                    continue;
                best = (view, prefix, transport, policy);
            }
        }

        return best;
    }

    private static bool Speaks(ServiceView view, Packet packet, LookupStage stage, out Transport? transport)
    {
        transport = null;
        if (stage == LookupStage.Any)
            return view.Transports.Count == 0;
        foreach (var candidate in view.Transports)
        {
            if (candidate.Protocol != packet.Protocol)
                continue;
            var namesPorts = candidate.Ports.Count > 0 && IpProtocols.HasPorts(candidate.Protocol);
            if (namesPorts != (stage == LookupStage.Port))
                continue;
            if (namesPorts && !candidate.Ports.Any(range => packet.Port >= range.From && packet.Port <= range.To))
                continue;
            transport = candidate;
            return true;
        }

        return false;
    }

    // Services that have the destination and are not the tenant's to use: the answer to "but I wrote a service".
    private IEnumerable<Step> NearMisses(Packet packet, string tenant)
    {
        var told = 0;
        foreach (var view in _services)
        {
            if (told == 3 || !view.Service.Addresses.Any(address => address.Prefix?.Contains(packet.Destination) == true))
                continue;
            told++;
            var speaks = new[] { LookupStage.Port, LookupStage.Protocol, LookupStage.Any }.Any(stage => Speaks(view, packet, stage, out _));
            yield return new Step("service", speaks
                ? $"{view.Name} has it, and no access policy of it is about {tenant}"
                : $"{view.Name} has the address, and not {Describe(packet)}", view.Service.Position) { Node = view.Service.Node };
        }
    }

    private static string Describe(Packet packet) =>
        IpProtocols.HasPorts(packet.Protocol) ? $"{IpProtocols.Word(packet.Protocol)}/{packet.Port}" : IpProtocols.Word(packet.Protocol);

    private static string Describe(LookupStage stage, Transport? transport) => stage switch
    {
        LookupStage.Port => $"{IpProtocols.Word(transport!.Protocol)} port (stage 1 of 3)",
        LookupStage.Protocol => $"protocol {IpProtocols.Word(transport!.Protocol)} (stage 2 of 3)",
        _ => "any transport (stage 3 of 3)",
    };
}
