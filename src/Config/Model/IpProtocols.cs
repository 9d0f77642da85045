using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The words for protocols.</summary>
public static class IpProtocols
{
    /// <summary>tcp, udp, icmp, gre, esp and pim.</summary>
    public static EnumType<IpProtocol> Type { get; } = new(
        "protocol", ("tcp", IpProtocol.Tcp), ("udp", IpProtocol.Udp), ("icmp", IpProtocol.Icmp), ("gre", IpProtocol.Gre), ("esp", IpProtocol.Esp), ("pim", IpProtocol.Pim));

    /// <summary>Whether it has ports.</summary>
    public static bool HasPorts(IpProtocol protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp;

    /// <summary>Its word; "any" for any.</summary>
    public static string Word(IpProtocol protocol) => protocol == IpProtocol.Any ? "any" : Type.Word(protocol);
}
