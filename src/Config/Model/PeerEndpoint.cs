using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Model;

/// <summary>Where a peer is.</summary>
/// <param name="node">The block.</param>
public sealed class PeerEndpoint(ConfigNode node) : Element(node)
{
    /// <summary>Its address.</summary>
    public static Leaf<IpAddress> AddressLeaf { get; } = new("ip", AddressType.Instance, "Its address.") { IsRequired = true };

    /// <summary>Its port.</summary>
    public static Leaf<long> PortLeaf { get; } = new("port", new IntegerType("l4-port", 1, 65535), "Its UDP port.") { IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("endpoint", "Where the peer is, to begin with; without it, wherever it last came from.", [], [AddressLeaf, PortLeaf]);

    /// <summary>Its address, or null when it is not written.</summary>
    public IpAddress? Address => Node.Child(AddressLeaf)?.Value is IpAddress address ? address : null;

    /// <summary>Its UDP port; 0 when it is not written.</summary>
    public ushort Port => (ushort)Node.Get(PortLeaf, 0);
}
