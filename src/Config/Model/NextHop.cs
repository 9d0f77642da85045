using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Model;

/// <summary>An interface through which a service is delivered.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class NextHop(ConfigNode node) : Element(node)
{
    /// <summary>On which node.</summary>
    public static Leaf<string> NodeNameLeaf { get; } = new("node-name", TextType.Reference("router/node"), "The node.") { IsRequired = true };

    /// <summary>Through which interface.</summary>
    public static Leaf<string> InterfaceLeaf { get; } =
        new("interface", TextType.Reference("router/node/device-interface/network-interface"), "The network interface, written or generated.") { IsRequired = true };

    /// <summary>By which router.</summary>
    public static Leaf<IpAddress> GatewayLeaf { get; } =
        new("gateway-ip", AddressType.Instance, "The router that delivers it, one per family; for a profile, its internal gateway.") { IsList = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("next-hop", "An interface through which it is delivered.", [NodeNameLeaf, InterfaceLeaf],
    [
        NodeNameLeaf,
        InterfaceLeaf,
        GatewayLeaf,
        Kept.Leaves("target-address", "Machines that deliver it."),
        Kept.Leaf("vector", "The vector of the way."),
        Kept.Leaf("source-nat-pool", "Addresses for translated sources."),
    ]) { IsOrdered = true };

    /// <summary>On which node.</summary>
    public string NodeName => Node.Get(NodeNameLeaf, "");

    /// <summary>Through which network interface.</summary>
    public string Interface => Node.Get(InterfaceLeaf, "");

    /// <summary>By which routers, one per family.</summary>
    public IReadOnlyList<IpAddress> Gateways => Node.All(GatewayLeaf);
}
