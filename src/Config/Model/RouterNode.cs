using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>One machine of a router.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class RouterNode(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.ReservedNameId, "node");

    /// <summary>Whether it runs.</summary>
    public static Leaf<bool> EnabledLeaf { get; } = new("enabled", BooleanType.Instance, "Whether it runs.") { Default = "true" };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("node", "One machine of the router.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("node"),
        EnabledLeaf,
        Kept.Leaf("role", new WordType("node-role", "combo", "conductor", "control", "slice"), "What it does."),
        Kept.Leaf("asset-id", "The number of the machine."),
        Kept.Leaf("location", "Where it is."),
        Kept.Leaf("loopback-address", "Where it is managed."),
        Kept.Leaf("forwarding-core-mode", new WordType("forwarding-core-mode", "automatic", "manual"), "Who says how many processors forward."),
        Kept.Number("forwarding-core-count", IntegerType.Limit, "How many processors forward."),
        DeviceInterface.Schema,
        Kept.List("ipsec-client", "name", "A client of IPsec."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>Whether it runs.</summary>
    public bool IsEnabled => Node.Get(EnabledLeaf, true);

    /// <summary>Its devices.</summary>
    public IReadOnlyList<DeviceInterface> Devices => field ??= Entries(DeviceInterface.Schema, child => new DeviceInterface(child));
}
