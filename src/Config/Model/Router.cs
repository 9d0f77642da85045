using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A router: one node, or two that stand in for each other, and what it does with services.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class Router(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.ReservedNameId, "router");

    /// <summary>Groups it is in.</summary>
    public static Leaf<string> GroupLeaf { get; } = new("group", TextType.NameId, "A group that it is in, for applies-to.") { IsList = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("router", "A router: its nodes, profiles and service routes.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("router"),
        Kept.Leaf("location", "Where it is."),
        Kept.Leaf("location-coordinates", "Where it is, in ISO 6709."),
        GroupLeaf,
        Kept.Leaves("conductor-address", "Where its conductor is."),
        Kept.Leaf("inter-node-security", "The security policy between its nodes."),
        Kept.Flag("maintenance-mode", "Whether its alarms are shelved."),
        Kept.Leaf("reverse-flow-enforcement", new WordType("reverse-flow-enforcement", "none", "strict"), "Whether answers must come back the same way."),
        Kept.Leaf("dhcp-server-generated-address-pool", "Internal addresses for DHCP servers."),
        WireguardProfile.Schema,
        RouterNode.Schema,
        Kept.List("peer", "name", "A router that is reached by secure vector routing."),
        Kept.List("service-route-policy", "name", "How many sessions a service route takes."),
        ServiceRoute.Schema,
        Kept.List("nat-pool", "name", "Addresses for translated sources."),
        Kept.List("redundancy-group", "name", "Interfaces that fail over together."),
        Kept.List("routing", "type", "Dynamic routing."),
        Kept.Container("system", "Settings of the platform."),
        Kept.Container("bfd", "How peers are watched."),
        Kept.Container("entitlement", "What was bought."),
        Kept.Container("udp-transform", "How peers behind middleboxes are reached."),
        Kept.Container("path-mtu-discovery", "How the largest packet is found."),
        Kept.Container("gre", "Tunnels of generic routing encapsulation."),
        Kept.List("ipsec-profile", "name", "A profile of IPsec."),
        Kept.Container("dns-cache", "The cache of names."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>Groups it is in.</summary>
    public IReadOnlyList<string> Groups => Node.All(GroupLeaf);

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<RouterNode> Nodes => field ??= Entries(RouterNode.Schema, child => new RouterNode(child));

    /// <summary>Its WireGuard profiles.</summary>
    public IReadOnlyList<WireguardProfile> Profiles => field ??= Entries(WireguardProfile.Schema, child => new WireguardProfile(child));

    /// <summary>Its service routes.</summary>
    public IReadOnlyList<ServiceRoute> ServiceRoutes => field ??= Entries(ServiceRoute.Schema, child => new ServiceRoute(child));
}
