using System;
using System.Buffers.Binary;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Bench.Micro;

/// <summary>TCP and UDP super-packets over IPv4, as a TUN with offloads gives them.</summary>
internal static class SuperPackets
{
    /// <summary>IPv4, TCP, and the timestamps that Linux sends in every segment.</summary>
    public const int TcpHeader = TransportHeader.IPv4Length + TransportHeader.TcpLength + 12;

    /// <summary>IPv4 and UDP.</summary>
    public const int UdpHeader = TransportHeader.IPv4Length + TransportHeader.UdpLength;

    private const int Seed = 791;

    /// <summary>A TCP super-packet.</summary>
    public static byte[] Tcp(int payload, int segmentSize, out VirtioNetHeader header)
    {
        var packet = Network(TcpHeader + payload, TransportHeader.Tcp);
        var tcp = packet.AsSpan(TransportHeader.IPv4Length);
        BinaryPrimitives.WriteUInt32BigEndian(tcp, 0xc001_1451); // Ports 49153 and 5201.
        tcp[12] = (TcpHeader - TransportHeader.IPv4Length) / 4 << 4;
        tcp[13] = 0x10; // ACK.
        tcp[20] = tcp[21] = 1;
        tcp[22] = 8; // RFC 7323 §3.2: two paddings, kind 8, length 10.
        tcp[23] = 10;
        header = Header(VirtioSegmentation.Tcp4, TcpHeader, segmentSize, TransportHeader.TcpChecksum);
        return packet;
    }

    /// <summary>A UDP super-packet.</summary>
    public static byte[] Udp(int payload, int segmentSize, out VirtioNetHeader header)
    {
        var packet = Network(UdpHeader + payload, TransportHeader.Udp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(TransportHeader.IPv4Length), 0xc001_1451);
        header = Header(VirtioSegmentation.Udp, UdpHeader, segmentSize, TransportHeader.UdpChecksum);
        return packet;
    }

    /// <summary>Its segments side by side, each whole and with its checksums, <paramref name="stride"/> bytes apart.</summary>
    public static byte[] Cut(byte[] packet, in VirtioNetHeader header, int stride)
    {
        if (!SuperPacket.TryParse(header, packet, out var super))
            throw new InvalidOperationException("the super-packet does not parse");
        var segments = new byte[super.Count * stride];
        for (var i = 0; i < super.Count; i++)
        {
            var segment = segments.AsSpan(i * stride, super.Length(i));
            super.WriteHeader(i, segment);
            packet.AsSpan(super.PayloadOffset(i), segment.Length - super.HeaderLength).CopyTo(segment[super.HeaderLength..]);
        }

        return segments;
    }

    // 192.0.2.1 to 192.0.2.2, not to be fragmented.
    private static byte[] Network(int length, byte protocol)
    {
        var packet = new byte[length];
        new Random(Seed).NextBytes(packet);
        packet.AsSpan(0, TcpHeader).Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)length);
        packet[6] = 0x40;
        packet[8] = 64;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), 0xc000_0201);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), 0xc000_0202);
        return packet;
    }

    private static VirtioNetHeader Header(VirtioSegmentation segmentation, int headerLength, int segmentSize, int checksum) => new(
        NeedsChecksum: true, segmentation, (ushort)headerLength, (ushort)segmentSize, TransportHeader.IPv4Length, (ushort)checksum);
}
