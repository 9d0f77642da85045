using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A device of a node: a card, or an interface of the host.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class DeviceInterface(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.DeviceName, "device");

    /// <summary>What it is.</summary>
    public static Leaf<string> TypeLeaf { get; } =
        new("type", new WordType("device-type", "ethernet", "host", "bridged", "pppoe", "lte", "t1", "bond", "vhost", "conduit"), "What it is.") { Default = "ethernet" };

    /// <summary>Whether it is up.</summary>
    public static Leaf<bool> EnabledLeaf { get; } = new("enabled", BooleanType.Instance, "Whether it is up.") { Default = "true" };

    /// <summary>Whether packets are forwarded over it.</summary>
    public static Leaf<bool> ForwardingLeaf { get; } = new("forwarding", BooleanType.Instance, "Whether packets are forwarded over it.") { Default = "true" };

    /// <summary>Whether Warren sets it up.</summary>
    public static Leaf<bool> ManagedLeaf { get; } =
        new("managed", BooleanType.Instance, "Whether Warren gives it its addresses, MTU and state; otherwise they are the host's own and only verified.") { Default = "false", IsOurs = true };

    /// <summary>The Linux interface.</summary>
    public static Leaf<string> LinuxInterfaceLeaf { get; } =
        new("linux-interface", TextType.InterfaceName, "The name of the Linux interface, at most 15 characters.") { Otherwise = "the device's own name", IsOurs = true };

    /// <summary>The namespace of a host device.</summary>
    public static Leaf<string> NamespaceLeaf { get; } = new("network-namespace", TextType.Namespace, "The namespace of an interface of the host.") { IsHeeded = false };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("device-interface", "A device of the node: a card, or an interface of the host.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("device"),
        TypeLeaf,
        EnabledLeaf,
        ForwardingLeaf,
        ManagedLeaf,
        LinuxInterfaceLeaf,
        Kept.Leaf("pci-address", "The card's place on the bus."),
        Kept.Leaf("target-interface", "The interface that is bridged."),
        NamespaceLeaf,
        Kept.Leaf("bridge-name", "The name of the bridge."),
        Kept.Leaf("shared-phys-address", "The hardware address that two nodes share."),
        Kept.Leaf("capture-filter", "What is captured."),
        Kept.Flag("promiscuous-mode", "Whether it takes all frames."),
        Kept.Leaf("link-settings", "Speed and duplex."),
        Kept.Flag("strip-vlan", "Whether tags are taken off."),
        NetworkInterface.Schema,
        Kept.Container("traffic-engineering", "Shares of bandwidth."),
        Kept.Container("load-balancing", "Water marks of use."),
        Kept.Container("lte", "The modem."),
        Kept.Container("pppoe", "The access concentrator."),
        Kept.Container("vrrp", "The virtual router."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>What it is.</summary>
    public string Type => Node.Get(TypeLeaf, "ethernet");

    /// <summary>Whether it is up.</summary>
    public bool IsEnabled => Node.Get(EnabledLeaf, true);

    /// <summary>Whether packets are forwarded over it.</summary>
    public bool Forwards => Node.Get(ForwardingLeaf, true);

    /// <summary>Whether Warren sets it up.</summary>
    public bool IsManaged => Node.Get(ManagedLeaf, false);

    /// <summary>The name of the Linux interface.</summary>
    public string LinuxInterface => Node.Get(LinuxInterfaceLeaf, Name);

    /// <summary>The layer 3 of it.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces => field ??= Entries(NetworkInterface.Schema, child => new NetworkInterface(child));
}
