using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Generation;

/// <summary>
/// Adds what profiles imply (facts D2): an interface of the host with its network interface, a service for the UDP port and its route, and, where asked for, a tenant and a session type.
/// Everything made names its profile; what an operator wrote under the same name stays as it is.
/// </summary>
/// <remarks>
/// Pure and repeatable: from the same configuration the same elements. Internal addresses are the first free ones from 169.254.140.128 on in the order of names,
/// but a profile that had one in the configuration before keeps it.
/// </remarks>
public sealed class Generator
{
    /// <summary>Where internal networks begin: the /31 whose second address is 169.254.140.129, the gateway of the vendor's pages.</summary>
    public static readonly IpAddress FirstLoopback = IpAddress.V4(0xA9FE8C80);

    private const uint LastLoopback = 0xA9FE8CFE;
    private const string HostDescription = "Auto-generated host interface for use with wireguard";

    private readonly NodeBuilder _root;
    private readonly Authority _authored;
    private readonly ConfigNode? _before;
    private readonly Dictionary<string, NodeBuilder> _tenants = [];

    private Generator(ConfigNode authored, ConfigNode? before) => (_authored, _before, _root) = (new Authority(authored), before, new NodeBuilder(authored));

    /// <summary>The configuration with everything that its profiles imply.</summary>
    /// <param name="authored">What operators wrote.</param>
    /// <param name="before">The configuration as it was with everything it implied, whose addresses are kept; null for none.</param>
    public static ConfigNode Generate(ConfigNode authored, ConfigNode? before = null)
    {
        ArgumentNullException.ThrowIfNull(authored);
        var generator = new Generator(authored, before);
        foreach (var router in generator._authored.Routers)
        {
            if (router.Profiles.Count > 0)
                generator.Router(router);
        }

        return generator._root.ToNode();
    }

    private void Router(Router router)
    {
        var uses = ProfileUse.Of(router).ToList();
        var loopbacks = Loopbacks(router);
        foreach (var profile in router.Profiles)
        {
            var of = uses.FindAll(use => use.Profile == profile);
            if (profile.PrivateNetwork is { TenantName: { } tenant } network && network.Neighborhood is { } neighborhood)
                Tenant(router, profile, network, tenant, neighborhood);
            if (of.Count == 0 || !loopbacks.TryGetValue(profile.Name, out var loopback))
                continue;
            foreach (var node in of.Select(use => use.Node.Name).Distinct())
                Device(router, node, profile, loopback);
            Service(router, profile, of);
            ServiceRoute(router, profile, of, loopback);
            if (profile.InactivityTimeout is { TotalMilliseconds: not 180_000 } || profile.ServiceClass is not null)
                SessionType(router, profile);
        }
    }

    // What is written, then what it was before, then the first free.
    private Dictionary<string, IpPrefix> Loopbacks(Router router)
    {
        var chosen = new Dictionary<string, IpPrefix>();
        var taken = new List<IpPrefix>();
        foreach (var profile in router.Profiles)
        {
            if (profile.Loopback is { } written)
                Take(profile.Name, written.Network);
        }

        foreach (var profile in router.Profiles)
        {
            if (!chosen.ContainsKey(profile.Name) && Before(router.Name, profile.Name) is { } kept && !taken.Exists(other => Overlap(other, kept)))
                Take(profile.Name, kept);
        }

        foreach (var profile in router.Profiles)
        {
            for (var at = (uint)FirstLoopback.Low; at <= LastLoopback && !chosen.ContainsKey(profile.Name); at += 2)
            {
                var free = new IpPrefix(IpAddress.V4(at), 31);
                if (!taken.Exists(other => Overlap(other, free)))
                    Take(profile.Name, free);
            }
        }

        return chosen;

        void Take(string profile, IpPrefix network)
        {
            chosen[profile] = network;
            taken.Add(network);
        }
    }

    private static bool Overlap(IpPrefix left, IpPrefix right) => left.Contains(right.Address) || right.Contains(left.Address);

    private IpPrefix? Before(string router, string profile)
    {
        if (_before?.Child(Config.Model.Router.Schema, router) is not { } old)
            return null;
        foreach (var node in new Router(old).Nodes)
        {
            foreach (var device in node.Devices)
            {
                if (device.Name != profile || !device.IsGenerated)
                    continue;
                foreach (var address in device.Interfaces.SelectMany(network => network.Addresses))
                    return new IpPrefix(address.Address, address.PrefixLength);
            }
        }

        return null;
    }

    private void Device(Router router, string node, WireguardProfile profile, IpPrefix loopback)
    {
        var origin = GeneratedNames.Origin(router.Name, profile.Name);
        var parent = _root.Open(Config.Model.Router.Schema, router.Name, default).Open(RouterNode.Schema, node, default);
        if (parent.Has(DeviceInterface.Schema, profile.Name))
            return;
        var device = Block(parent, DeviceInterface.Schema, profile.Name, origin);
        Leaf(device, DeviceInterface.NameLeaf, profile.Name, origin);
        Leaf(device, (LeafSchema)DeviceInterface.Schema.Find("description")!, HostDescription, origin);
        Leaf(device, DeviceInterface.TypeLeaf, "host", origin);
        Leaf(device, DeviceInterface.NamespaceLeaf, profile.Name, origin);
        var network = Block(device, NetworkInterface.Schema, GeneratedNames.Interface(profile.Name), origin);
        Leaf(network, NetworkInterface.NameLeaf, GeneratedNames.Interface(profile.Name), origin);
        if (profile.PrivateNetwork?.Neighborhood is { } neighborhood)
        {
            var label = Block(network, Neighborhood.Schema, neighborhood, origin);
            Leaf(label, Neighborhood.NameLeaf, neighborhood, origin);
        }

        var own = Own(loopback).ToString();
        var address = Block(network, InterfaceAddress.Schema, own, origin);
        Leaf(address, InterfaceAddress.AddressLeaf, own, origin);
        Leaf(address, InterfaceAddress.PrefixLengthLeaf, Number(loopback.Length), origin);
        Leaf(address, InterfaceAddress.GatewayLeaf, Gateway(loopback).ToString(), origin);
    }

    private void Service(Router router, WireguardProfile profile, List<ProfileUse> uses)
    {
        var name = GeneratedNames.Service(router.Name, profile.Name);
        if (_root.Has(Config.Model.Service.Schema, name))
            return;
        var origin = GeneratedNames.Origin(router.Name, profile.Name);
        var service = Block(_root, Config.Model.Service.Schema, name, origin);
        Leaf(service, Config.Model.Service.NameLeaf, name, origin);
        var applies = Block(service, AppliesTo.Schema, "router", origin);
        Leaf(applies, AppliesTo.TypeLeaf, "router", origin);
        Leaf(applies, AppliesTo.RouterNameLeaf, router.Name, origin);
        if (profile.AccessPolicies.Count == 0)
            Leaf(service, Config.Model.Service.ScopeLeaf, "public", origin);
        var transport = Block(service, Config.Model.Service.TransportSchema.Block, "udp", origin);
        Leaf(transport, Config.Model.Service.TransportSchema.Protocol, "udp", origin);
        Ports(transport, Config.Model.Service.TransportSchema, profile.Port, origin);
        foreach (var use in uses)
        {
            if (use.Address is not null)
                Leaf(service, Config.Model.Service.AddressLeaf, new IpPrefix(use.Address.Address, use.Address.Address.BitLength).ToString(), origin);
        }

        foreach (var policy in profile.AccessPolicies)
        {
            var copy = Block(service, Config.Model.Service.AccessPolicySchema.Block, policy.Source.ToString(), origin);
            Leaf(copy, Config.Model.Service.AccessPolicySchema.Source, policy.Source.ToString(), origin);
            if (policy.Permission == Permission.Deny)
                Leaf(copy, Config.Model.Service.AccessPolicySchema.Permission, "deny", origin);
        }

        Leaf(service, (LeafSchema)Config.Model.Service.Schema.Find("share-service-routes")!, "false", origin);
        Leaf(service, Config.Model.Service.GeneratedLeaf, "true", origin);
    }

    private void ServiceRoute(Router router, WireguardProfile profile, List<ProfileUse> uses, IpPrefix loopback)
    {
        var origin = GeneratedNames.Origin(router.Name, profile.Name);
        var parent = _root.Open(Config.Model.Router.Schema, router.Name, default);
        var name = GeneratedNames.ServiceRoute(profile.Name);
        if (parent.Has(Config.Model.ServiceRoute.Schema, name))
            return;
        var route = Block(parent, Config.Model.ServiceRoute.Schema, name, origin);
        Leaf(route, Config.Model.ServiceRoute.NameLeaf, name, origin);
        Leaf(route, Config.Model.ServiceRoute.ServiceNameLeaf, GeneratedNames.Service(router.Name, profile.Name), origin);
        Leaf(route, Config.Model.ServiceRoute.NatTargetLeaf, Gateway(loopback).ToString(), origin);
        foreach (var node in uses.Select(use => use.Node.Name).Distinct())
        {
            var hop = Block(route, NextHop.Schema, $"{node} {GeneratedNames.Interface(profile.Name)}", origin);
            Leaf(hop, NextHop.NodeNameLeaf, node, origin);
            Leaf(hop, NextHop.InterfaceLeaf, GeneratedNames.Interface(profile.Name), origin);
            Leaf(hop, NextHop.GatewayLeaf, Gateway(loopback).ToString(), origin);
        }

        Leaf(route, Config.Model.ServiceRoute.GeneratedLeaf, "true", origin);
    }

    private void Tenant(Router router, WireguardProfile profile, PrivateNetwork network, string name, string neighborhood)
    {
        var origin = GeneratedNames.Origin(router.Name, profile.Name);
        var isNew = !_root.Has(Config.Model.Tenant.Schema, name);
        var tenant = isNew ? Block(_root, Config.Model.Tenant.Schema, name, origin) : _root.Open(Config.Model.Tenant.Schema, name, default);
        if (isNew)
        {
            Leaf(tenant, Config.Model.Tenant.NameLeaf, name, origin);
            Leaf(tenant, Config.Model.Tenant.GeneratedLeaf, "true", origin);
            _tenants[name] = tenant;
        }

        // An existing tenant gains members and stays its operator's own.
        var member = tenant.Has(TenantMember.Schema, neighborhood)
            ? tenant.Open(TenantMember.Schema, neighborhood, default)
            : Block(tenant, TenantMember.Schema, neighborhood, origin);
        Leaf(member, TenantMember.NeighborhoodLeaf, neighborhood, origin);
        foreach (var address in network.Addresses)
        {
            if (!member.Has(TenantMember.AddressLeaf, address.Network.ToString()))
                Leaf(member, TenantMember.AddressLeaf, address.Network.ToString(), origin);
        }
    }

    private void SessionType(Router router, WireguardProfile profile)
    {
        var name = GeneratedNames.SessionType(router.Name, profile.Name);
        if (_root.Has(Config.Model.SessionType.Schema, name))
            return;
        var origin = GeneratedNames.Origin(router.Name, profile.Name);
        var type = Block(_root, Config.Model.SessionType.Schema, name, origin);
        Leaf(type, Config.Model.SessionType.NameLeaf, name, origin);
        if (profile.ServiceClass is { } serviceClass)
            Leaf(type, Config.Model.SessionType.ServiceClassLeaf, serviceClass, origin);
        if (profile.InactivityTimeout is { } timeout)
            Leaf(type, Config.Model.SessionType.TimeoutLeaf, Number((long)timeout.TotalMilliseconds), origin);
        var transport = Block(type, Config.Model.SessionType.TransportSchema.Block, "udp", origin);
        Leaf(transport, Config.Model.SessionType.TransportSchema.Protocol, "udp", origin);
        Ports(transport, Config.Model.SessionType.TransportSchema, profile.Port, origin);
        Leaf(type, Config.Model.SessionType.GeneratedLeaf, "true", origin);
    }

    // The Linux side: the second address of a /31 (RFC 3021), the second host of anything larger; an address alone is its own.
    private static IpAddress Gateway(IpPrefix loopback) => loopback.Length switch
    {
        32 => loopback.Address,
        31 => IpAddress.V4((uint)loopback.Address.Low + 1),
        _ => IpAddress.V4((uint)loopback.Address.Low + 2),
    };

    // The router's side: the first address of a /31, the first host of anything larger.
    private static IpAddress Own(IpPrefix loopback) => loopback.Length >= 31 ? loopback.Address : IpAddress.V4((uint)loopback.Address.Low + 1);

    private static void Ports(NodeBuilder transport, TransportSchema schema, ushort port, string origin)
    {
        var range = Block(transport, schema.PortRange, Number(port), origin);
        Leaf(range, schema.StartPort, Number(port), origin);
    }

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static NodeBuilder Block(NodeBuilder parent, BlockSchema schema, string key, string origin)
    {
        var block = parent.Open(schema, key, default);
        block.GeneratedBy = origin;
        return block;
    }

    private static void Leaf(NodeBuilder block, LeafSchema leaf, string text, string origin)
    {
        if (!leaf.Type.TryRead(text, out var value, out var canonical, out var problem))
            throw new InvalidOperationException($"generated {leaf.Name} {text}: {problem}");
        block.Set(leaf, canonical, value, default, generatedBy: origin);
    }
}
