namespace Warren.Config.Model;

/// <summary>A transport protocol, by its number in the IP header (IANA protocol numbers).</summary>
public enum IpProtocol
{
    /// <summary>Any of them.</summary>
    Any = 0,

    /// <summary>ICMP, and ICMPv6 where the addresses are IPv6.</summary>
    Icmp = 1,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>Generic routing encapsulation.</summary>
    Gre = 47,

    /// <summary>IPsec's encapsulating security payload.</summary>
    Esp = 50,

    /// <summary>Protocol-independent multicast.</summary>
    Pim = 103,
}
