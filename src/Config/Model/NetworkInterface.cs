using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The layer 3 of a device: addresses, and who the sources behind it are.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class NetworkInterface(ConfigNode node) : Element(node)
{
    /// <summary>Its name, unique in the node.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.InterfaceName, "network interface");

    /// <summary>Its number.</summary>
    public static Leaf<long> GlobalIdLeaf { get; } = new("global-id", new IntegerType("uint32", 0, uint.MaxValue), "Its number in the authority; assigned.") { IsHeeded = false };

    /// <summary>Its VLAN.</summary>
    public static Leaf<long> VlanLeaf { get; } = new("vlan", new IntegerType("vlan", 0, 4094), "The VLAN's tag; 0 for none.") { Default = "0" };

    /// <summary>The tenant of all sources behind it.</summary>
    public static Leaf<string> TenantLeaf { get; } =
        new("tenant", TextType.Reference("tenant"), "The tenant of all sources behind it, but for those that a member or prefix puts in a tenant inside it.");

    /// <summary>NAT of what leaves.</summary>
    public static Leaf<bool> SourceNatLeaf { get; } =
        new("source-nat", BooleanType.Instance, "Whether what leaves here has the interface's address as its source.") { Default = "false" };

    /// <summary>The largest packet.</summary>
    public static Leaf<long> MtuLeaf { get; } = new("mtu", new IntegerType("mtu", 68, 9198, " bytes"), "The largest packet.") { Otherwise = "1500, or what the link has" };

    /// <summary>The largest TCP segment.</summary>
    public static Leaf<long> EnforcedMssLeaf { get; } =
        new("enforced-mss", new IntegerType("enforced-mss", 50, 9158, " bytes", ("disabled", -1), ("automatic", 0)),
            "The largest TCP segment: SYNs that ask for more are corrected; automatic: what the MTU of the way out allows.") { Default = "automatic" };

    /// <summary>DHCP.</summary>
    public static Leaf<string> DhcpLeaf { get; } = new("dhcp", new WordType("dhcp", "disabled", "v4", "v6"), "Whether its address is leased.") { Default = "disabled" };

    /// <summary>The profile on a leased address.</summary>
    public static Leaf<string> ProfileLeaf { get; } =
        new("wireguard-profile", TextType.Reference("router/wireguard-profile"), "The WireGuard profile that listens on the leased address.");

    /// <summary>ICMP to it.</summary>
    public static Leaf<string> IcmpLeaf { get; } = new("icmp", new WordType("icmp", "allow", "drop"), "Whether it answers echo requests.") { Default = "allow" };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("network-interface", "The layer 3 of the device: addresses, and who the sources behind it are.", [NameLeaf],
    [
        NameLeaf,
        GlobalIdLeaf,
        Names.Description("network interface"),
        VlanLeaf,
        Kept.Leaf("type", new WordType("network-type", "external", "fabric", "shared", "gre-tunnel"), "What it is for."),
        Kept.Flag("conductor", "Whether the conductor is reached over it."),
        TenantLeaf,
        TenantPrefix.Schema,
        Neighborhood.Schema,
        Kept.Leaf("inter-router-security", "The security policy between routers."),
        Kept.Leaf("prioritization-mode", new WordType("prioritization-mode", "local", "dscp"), "What decides a packet's queue."),
        Kept.Flag("rewrite-dscp", "Whether code points are rewritten."),
        SourceNatLeaf,
        Kept.Leaf("ingress-source-nat-pool", "Addresses for sources that enter."),
        Kept.Leaf("egress-source-nat-pool", "Addresses for sources that leave."),
        Kept.List("dynamic-source-nat", "prefix", "Addresses for sources by prefix."),
        Kept.List("bidirectional-nat", "local-ip", "Pairs of addresses."),
        Kept.Number("qp-value", IntegerType.Limit, "Deprecated."),
        MtuLeaf,
        EnforcedMssLeaf,
        InterfaceAddress.Schema,
        Kept.List("adjacency", "ip-address", "A peer that is reached over it."),
        Kept.List("neighbor", "ip-address", "A hardware address that is known."),
        IcmpLeaf,
        Kept.Leaf("hostname", "Its name."),
        DhcpLeaf,
        ProfileLeaf,
        HostService.OfInterface.Block,
        Kept.Flag("management", "Whether the machine is managed over it."),
        Kept.Flag("default-route", "Whether the default route leads over it."),
        Kept.List("filter-rule", "name", "A filter of packets."),
        Kept.Leaf("carrier", "Who provides the line."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>The VLAN's tag; 0 for none.</summary>
    public int Vlan => (int)Node.Get(VlanLeaf, 0);

    /// <summary>The tenant of all sources behind it, or null.</summary>
    public string? Tenant => Node.Child(TenantLeaf)?.Text;

    /// <summary>Tenants by prefix.</summary>
    public IReadOnlyList<TenantPrefix> TenantPrefixes => Entries(TenantPrefix.Schema, child => new TenantPrefix(child));

    /// <summary>The networks it is part of, in order.</summary>
    public IReadOnlyList<Neighborhood> Neighborhoods => Entries(Neighborhood.Schema, child => new Neighborhood(child));

    /// <summary>Whether what leaves here has the interface's address as its source.</summary>
    public bool SourceNat => Node.Get(SourceNatLeaf, false);

    /// <summary>The largest packet in bytes; null for what the link has.</summary>
    public int? Mtu => Node.Child(MtuLeaf)?.Value is long value ? (int)value : null;

    /// <summary>The largest TCP segment in bytes; -1 for no correction, 0 for what the way out allows.</summary>
    public int EnforcedMss => (int)Node.Get(EnforcedMssLeaf, 0);

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses => field ??= Entries(InterfaceAddress.Schema, child => new InterfaceAddress(child));

    /// <summary>Whether its address is leased.</summary>
    public bool IsDhcp => Dhcp is "v4" or "v6";

    /// <summary>"disabled", "v4" or "v6".</summary>
    public string Dhcp => Node.Get(DhcpLeaf, "disabled");

    /// <summary>The profile that listens on the leased address, or null.</summary>
    public string? Profile => Node.Child(ProfileLeaf)?.Text;

    /// <summary>Whether it answers echo requests.</summary>
    public bool AnswersIcmp => Node.Get(IcmpLeaf, "allow") == "allow";

    /// <summary>Services of the host itself on a leased address.</summary>
    public IReadOnlyList<HostService> HostServices => Entries(HostService.OfInterface.Block, child => new HostService(child, HostService.OfInterface));
}
