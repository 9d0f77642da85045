namespace Warren.Engine.Offload;

/// <summary>Where things stand in the headers that cutting and merging touch.</summary>
internal static class TransportHeader
{
    // Protocol numbers.
    public const byte Icmp = 1, Tcp = 6, Udp = 17, Icmp6 = 58;

    /// <summary>IPv4 without options, RFC 791 §3.1.</summary>
    public const int IPv4Length = 20;

    /// <summary>The fixed header, RFC 8200 §3.</summary>
    public const int IPv6Length = 40;

    /// <summary>Without options, RFC 9293 §3.1.</summary>
    public const int TcpLength = 20;

    /// <summary>RFC 768.</summary>
    public const int UdpLength = 8;

    /// <summary>Offset of TCP's checksum in its header.</summary>
    public const int TcpChecksum = 16;

    /// <summary>Offset of UDP's checksum in its header.</summary>
    public const int UdpChecksum = 6;

    // Flags of TCP, in the byte at offset 13.
    public const byte Fin = 0x01, Syn = 0x02, Rst = 0x04, Psh = 0x08, Urg = 0x20, Cwr = 0x80;
}
