using System;
using System.Buffers.Binary;

namespace Warren.Lab.Traffic;

/// <summary>One packet of a capture.</summary>
/// <param name="Time">Since 1970, microsecond precise.</param>
/// <param name="LinkType">1 Ethernet, 12 or 101 raw IP (a TUN).</param>
/// <param name="Bytes">The packet with its link header.</param>
public sealed record CapturedPacket(TimeSpan Time, int LinkType, byte[] Bytes)
{
    private const int Ethernet = 1;
    private const int EthernetHeaderLength = 14;
    private const byte Udp = 17;

    /// <summary>The IP packet, or empty when it is something else (ARP).</summary>
    public ReadOnlySpan<byte> Ip
    {
        get
        {
            if (LinkType != Ethernet) return Bytes;
            var type = BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(12));
            return type is 0x0800 or 0x86dd ? Bytes.AsSpan(EthernetHeaderLength) : default;
        }
    }

    /// <summary>The UDP header and payload, or empty when it is not UDP or has extension headers.</summary>
    public ReadOnlySpan<byte> UdpDatagram => Ip switch
    {
        { Length: >= 20 } ip when ip[0] >> 4 == 4 && ip[9] == Udp => ip[((ip[0] & 15) * 4)..BinaryPrimitives.ReadUInt16BigEndian(ip[2..])],
        { Length: >= 40 } ip when ip[0] >> 4 == 6 && ip[6] == Udp => ip.Slice(40, BinaryPrimitives.ReadUInt16BigEndian(ip[4..])),
        _ => default,
    };

    /// <summary>The UDP payload, or empty.</summary>
    public ReadOnlySpan<byte> UdpPayload => UdpDatagram is { Length: >= 8 } datagram ? datagram[8..] : default;

    /// <summary>The UDP source port, or 0.</summary>
    public ushort SourcePort => UdpDatagram is { Length: >= 8 } datagram ? BinaryPrimitives.ReadUInt16BigEndian(datagram) : (ushort)0;

    /// <summary>The UDP destination port, or 0.</summary>
    public ushort DestinationPort => UdpDatagram is { Length: >= 8 } datagram ? BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) : (ushort)0;
}
