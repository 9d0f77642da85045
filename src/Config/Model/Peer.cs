using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Keys;

namespace Warren.Config.Model;

/// <summary>A WireGuard peer of a profile.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class Peer(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.NameId, "peer");

    /// <summary>Whether it may connect.</summary>
    public static Leaf<bool> EnabledLeaf { get; } = new("enabled", BooleanType.Instance, "Whether it may connect.") { Default = "true", IsOurs = true };

    /// <summary>Its key.</summary>
    public static Leaf<PublicKey> PublicKeyLeaf { get; } = new("public-key", PublicKeyType.Instance, "Its public key.") { IsRequired = true };

    /// <summary>The secret both have beside their keys.</summary>
    public static Leaf<string> PresharedKeyLeaf { get; } =
        new("preshared-key", SecretKeyType.Instance, "A secret that both have beside their keys.") { IsSecret = true };

    /// <summary>Keepalive.</summary>
    public static Leaf<long> KeepaliveLeaf { get; } =
        new("persistent-keepalive", new IntegerType("seconds", 0, 65535, " s"), "How often a packet is sent where there is nothing to send; 0 for never.") { Otherwise = "0: never" };

    /// <summary>Its networks.</summary>
    public static Leaf<InterfacePrefix> AllowedIpLeaf { get; } =
        new("allowed-ip", PrefixType.Network, "Destinations that are sent to it, and the only sources that are taken from it.") { IsList = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("peer", "A WireGuard peer of the profile.", [NameLeaf],
        [NameLeaf, Names.Description("peer"), EnabledLeaf, PublicKeyLeaf, PresharedKeyLeaf, KeepaliveLeaf, AllowedIpLeaf, PeerEndpoint.Schema]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>Whether it may connect.</summary>
    public bool IsEnabled => Node.Get(EnabledLeaf, true);

    /// <summary>Its public key, or null.</summary>
    public PublicKey? PublicKey => Node.Child(PublicKeyLeaf)?.Value is PublicKey key ? key : null;

    /// <summary>The secret both have beside their keys, in base64, or null.</summary>
    public string? PresharedKey => Node.Child(PresharedKeyLeaf)?.Text;

    /// <summary>Seconds between packets that keep a middlebox open; 0 for none.</summary>
    public int Keepalive => (int)Node.Get(KeepaliveLeaf, 0);

    /// <summary>Its networks.</summary>
    public IReadOnlyList<InterfacePrefix> AllowedIps => Node.All(AllowedIpLeaf);

    /// <summary>Where it is, or null for wherever it last came from.</summary>
    public PeerEndpoint? Endpoint => Node.Child(PeerEndpoint.Schema) is { } child ? new PeerEndpoint(child) : null;
}
