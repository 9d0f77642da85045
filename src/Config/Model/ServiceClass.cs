using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>How packets are marked.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class ServiceClass(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.NameId, "service class");

    /// <summary>The code point.</summary>
    public static Leaf<long> DscpLeaf { get; } = new("dscp", IntegerType.Dscp, "The code point of its packets (RFC 2474).") { IsRequired = true };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("service-class", "How packets are marked.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("service class"),
        DscpLeaf,
        Kept.Leaf("traffic-class", new WordType("traffic-class", "high", "medium", "low", "best-effort"), "The queue of its packets."),
        Kept.Flag("rate-limit", "Whether its flows are limited."),
        Kept.Number("max-flow-rate", IntegerType.Limit, "Bits a second a flow may have."),
        Kept.Number("max-flow-burst", IntegerType.Limit, "Bits a flow may send at once."),
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>The code point, 0 to 63.</summary>
    public byte Dscp => (byte)Node.Get(DscpLeaf, 0);
}
