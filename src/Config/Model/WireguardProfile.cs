using System;
using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>One WireGuard device of a router, with its network and its peers. It gives nobody access to anything.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class WireguardProfile(ConfigNode node) : Element(node)
{
    /// <summary>The port where none is written (facts D1: by the vendor's own output).</summary>
    public const ushort DefaultPort = 12800;

    /// <summary>Its name, and that of its Linux interface.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.DeviceName, "profile, and of its Linux interface");

    /// <summary>The internal network.</summary>
    public static Leaf<InterfacePrefix> LoopbackLeaf { get; } =
        new("loopback-address", PrefixType.Network, "The internal network whose second address is the profile's gateway.") { Otherwise = "the first free /31 of 169.254.140.0/24 from .128 on" };

    /// <summary>Where it listens.</summary>
    public static Leaf<long> PortLeaf { get; } = new("port", IntegerType.Port, "The UDP port on which it listens.") { Default = "12800" };

    /// <summary>How long its outer sessions live.</summary>
    public static Leaf<long> InactivityTimeoutLeaf { get; } =
        new("inactivity-timeout", IntegerType.Milliseconds, "How long an outer session may be idle.") { Otherwise = "180000, what sessions of UDP have" };

    /// <summary>The class of its outer sessions.</summary>
    public static Leaf<string> ServiceClassLeaf { get; } = new("service-class", TextType.Reference("service-class"), "The class of outer packets.");

    /// <summary>Who may reach its port.</summary>
    public static AccessPolicySchema AccessPolicySchema { get; } = new("Who may send to its port; without any, everybody. WireGuard's own checks come after it.");

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("wireguard-profile", "A WireGuard device of the router, with its network and its peers.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("profile"),
        LoopbackLeaf,
        PortLeaf,
        InactivityTimeoutLeaf,
        ServiceClassLeaf,
        AccessPolicySchema.Block,
        PrivateNetwork.Schema,
        Peer.Schema,
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>The internal network, or null for a generated one.</summary>
    public InterfacePrefix? Loopback => Node.Child(LoopbackLeaf)?.Value is InterfacePrefix value ? value : null;

    /// <summary>The UDP port on which it listens.</summary>
    public ushort Port => (ushort)Node.Get(PortLeaf, DefaultPort);

    /// <summary>How long an outer session may be idle, or null for what UDP has.</summary>
    public TimeSpan? InactivityTimeout => Node.Child(InactivityTimeoutLeaf)?.Value is long value ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>The class of outer packets, or null.</summary>
    public string? ServiceClass => Node.Child(ServiceClassLeaf)?.Text;

    /// <summary>Who may send to its port; empty for everybody.</summary>
    public IReadOnlyList<AccessPolicy> AccessPolicies => Entries(AccessPolicySchema.Block, child => new AccessPolicy(child, AccessPolicySchema));

    /// <summary>Its network, or null.</summary>
    public PrivateNetwork? PrivateNetwork => field ??= Node.Child(Model.PrivateNetwork.Schema) is { } child ? new PrivateNetwork(child) : null;

    /// <summary>Its peers.</summary>
    public IReadOnlyList<Peer> Peers => field ??= Entries(Peer.Schema, child => new Peer(child));
}
