using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>How a router delivers a service.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class ServiceRoute(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.ServiceRouteName, "service route");

    /// <summary>Which service.</summary>
    public static Leaf<string> ServiceNameLeaf { get; } = new("service-name", TextType.Reference("service"), "The service that it delivers.") { IsRequired = true };

    /// <summary>The destination that replaces the service's.</summary>
    public static Leaf<HostValue> NatTargetLeaf { get; } =
        new("nat-target", HostType.Instance, "The destination address that replaces the service's; one per family.") { IsList = true };

    /// <summary>The port that replaces the service's.</summary>
    public static Leaf<long> PortTargetLeaf { get; } = new("port-target", IntegerType.Port, "The destination port that replaces the session's.");

    /// <summary>Through the host's routing.</summary>
    public static Leaf<bool> UseLearnedRoutesLeaf { get; } = new("use-learned-routes", PresenceType.Instance, "Deliver by the routes that the machine has.");

    /// <summary>Whether it was generated.</summary>
    public static Leaf<bool> GeneratedLeaf { get; } = Names.Generated();

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("service-route", "How this router delivers a service.", [NameLeaf],
    [
        NameLeaf,
        ServiceNameLeaf,
        Kept.Leaf("vector", "The vector of the way."),
        NatTargetLeaf,
        PortTargetLeaf,
        Kept.Leaf("service-route-policy", "How many sessions it takes."),
        NextHop.Schema,
        RouteHost.Schema,
        UseLearnedRoutesLeaf,
        Kept.Leaf("peer", "The router that delivers it."),
        Kept.Leaves("next-peer", "Routers on the way."),
        new Leaf<bool>("routing-stack", PresenceType.Instance, "Deliver to the routing of the machine.") { IsHeeded = false },
        Kept.Flag("enable-failover", "Whether sessions move."),
        Kept.Container("reachability-detection", "How the way is watched."),
        GeneratedLeaf,
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>Which service; empty when it is not said.</summary>
    public string ServiceName => Node.Get(ServiceNameLeaf, "");

    /// <summary>Destinations that replace the service's, one per family; empty for none.</summary>
    public IReadOnlyList<HostValue> NatTargets => Node.All(NatTargetLeaf);

    /// <summary>The port that replaces the session's, or null.</summary>
    public ushort? PortTarget => Node.Child(PortTargetLeaf)?.Value is long port ? (ushort)port : null;

    /// <summary>Ways, in order.</summary>
    public IReadOnlyList<NextHop> NextHops => field ??= Entries(NextHop.Schema, child => new NextHop(child));

    /// <summary>The machine itself, by node.</summary>
    public IReadOnlyList<RouteHost> Hosts => Entries(RouteHost.Schema, child => new RouteHost(child));

    /// <summary>Whether the machine's own routes deliver it.</summary>
    public bool UsesLearnedRoutes => Node.Child(UseLearnedRoutesLeaf) is not null;
}
