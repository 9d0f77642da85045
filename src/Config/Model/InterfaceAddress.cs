using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Model;

/// <summary>An address of a network interface.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class InterfaceAddress(ConfigNode node) : Element(node)
{
    /// <summary>The address.</summary>
    public static Leaf<IpAddress> AddressLeaf { get; } = new("ip-address", AddressType.Instance, "The router's own address.") { IsRequired = true };

    /// <summary>The length of its network.</summary>
    public static Leaf<long> PrefixLengthLeaf { get; } = new("prefix-length", IntegerType.PrefixLength, "The length of the network's prefix.") { Otherwise = "32 or 128: the address alone" };

    /// <summary>The gateway.</summary>
    public static Leaf<IpAddress> GatewayLeaf { get; } = new("gateway", AddressType.Instance, "The router behind which everything else is.");

    /// <summary>The profile.</summary>
    public static Leaf<string> ProfileLeaf { get; } =
        new("wireguard-profile", TextType.Reference("router/wireguard-profile"), "The WireGuard profile that listens on this address.");

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("address", "An address of the interface.", [AddressLeaf],
    [
        AddressLeaf,
        PrefixLengthLeaf,
        GatewayLeaf,
        Kept.Leaf("utility-ip-address", "A second address for the node itself."),
        Kept.Leaves("in-subnet-arp-prefix", "Addresses that are answered for."),
        Kept.Leaf("ppp-peer-ip", "The other end of a line."),
        HostService.OfAddress.Block,
        ProfileLeaf,
    ]);

    /// <summary>The address.</summary>
    public IpAddress Address => Node.Get(AddressLeaf);

    /// <summary>The length of its network; the address alone where none is written.</summary>
    public int PrefixLength => (int)Node.Get(PrefixLengthLeaf, Address.BitLength);

    /// <summary>The gateway, or null.</summary>
    public IpAddress? Gateway => Node.Child(GatewayLeaf)?.Value is IpAddress gateway ? gateway : null;

    /// <summary>The profile that listens on it, or null.</summary>
    public string? Profile => Node.Child(ProfileLeaf)?.Text;

    /// <summary>Services of the host itself on it.</summary>
    public IReadOnlyList<HostService> HostServices => Entries(HostService.OfAddress.Block, child => new HostService(child, HostService.OfAddress));
}
