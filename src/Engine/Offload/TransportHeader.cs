using System;

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

    // Extension headers that may stand before a super-packet's transport header (ipv6_gso_pull_exthdrs of net/ipv6/ip6_offload.c).
    private const byte HopByHop = 0, Routing = 43, DestinationOptions = 60;

    /// <summary>Finds the transport header of a packet that is no fragment. False: none, or a header of IPv6 that nobody can look behind.</summary>
    /// <param name="packet">At least as long as its fixed header and the options of IPv4.</param>
    /// <param name="transport">Where it begins, at most the packet's length.</param>
    /// <param name="protocol">Its protocol number.</param>
    /// <param name="isRouted">Whether a routing header names a destination behind the one in the IPv6 header: the pseudo-header has that
    /// (RFC 8200 §8.1).</param>
    public static bool TryFind(ReadOnlySpan<byte> packet, out int transport, out byte protocol, out bool isRouted)
    {
        isRouted = false;
        if (packet[0] >> 4 == 4)
        {
            transport = (packet[0] & 15) * 4;
            protocol = packet[9];
            return (packet[6] & 0x3f) == 0 && packet[7] == 0;
        }

        transport = IPv6Length;
        protocol = packet[6];
        while (protocol is HopByHop or Routing or DestinationOptions)
        {
            if (packet.Length - transport < 8)
                return false;
            isRouted |= protocol == Routing && packet[transport + 3] != 0;
            protocol = packet[transport];
            transport += (packet[transport + 1] + 1) * 8;
            if (transport > packet.Length)
                return false;
        }

        return true;
    }
}
