using System;
using System.Buffers.Binary;
using Warren.Linux.Tun;

namespace Warren.Engine.Offload;

/// <summary>
/// A packet read from a TUN, as the segments it is sent in: one, where the kernel asked for nothing, or those of a TCP or UDP super-packet,
/// each with a header of its own, as a card with TSO makes them (tcp_gso_segment and __udp_gso_segment of the kernel). No I/O.
/// </summary>
/// <remarks>Borrows the packet. Payload is never copied: <see cref="WriteHeader"/> says where a segment's stands.</remarks>
internal readonly ref struct SuperPacket
{
    private readonly Span<byte> _packet;
    private readonly int _transport;
    private readonly int _segmentSize;
    private readonly ulong _addressSum;
    private readonly byte _protocol;

    private SuperPacket(Span<byte> packet)
    {
        _packet = packet;
        Count = 1;
    }

    private SuperPacket(Span<byte> packet, int transport, byte protocol, int headerLength, int segmentSize)
    {
        _packet = packet;
        _transport = transport;
        _protocol = protocol;
        _segmentSize = segmentSize;
        HeaderLength = headerLength;
        Count = (packet.Length - headerLength + segmentSize - 1) / segmentSize;
        _addressSum = InternetChecksum.Add(0, IsIPv6(packet) ? packet.Slice(8, 32) : packet.Slice(12, 8));
    }

    /// <summary>How many segments there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>Bytes of each segment's headers; 0 when the packet is sent as it is.</summary>
    public int HeaderLength { get; }

    /// <summary>Bytes of segment <paramref name="i"/>, headers included.</summary>
    public int Length(int i) =>
        HeaderLength == 0 ? _packet.Length : HeaderLength + Math.Min(_segmentSize, _packet.Length - HeaderLength - (i * _segmentSize));

    /// <summary>Where in the packet the payload of segment <paramref name="i"/> stands.</summary>
    public int PayloadOffset(int i) => HeaderLength + (i * _segmentSize);

    /// <summary>
    /// Reads what stands before a packet. A checksum left to do on a packet that is sent as it is, is done in place. False when the two do
    /// not fit each other: nothing of it may be sent.
    /// </summary>
    public static bool TryParse(in VirtioNetHeader header, Span<byte> packet, out SuperPacket super)
    {
        super = new SuperPacket(packet);
        var network = packet.IsEmpty ? 0 : (packet[0] >> 4) switch
        {
            4 => (packet[0] & 15) * 4,
            6 => TransportHeader.IPv6Length,
            _ => 0,
        };
        if (network < TransportHeader.IPv4Length || network > packet.Length)
            return false;
        if (header.Segmentation == VirtioSegmentation.None)
            return !header.NeedsChecksum || TryComplete(header, packet, network);

        var ipv6 = IsIPv6(packet);
        var transport = header.ChecksumStart;
        if (!header.NeedsChecksum || header.SegmentSize == 0 || transport < network || (!ipv6 && transport != network))
            return false;
        var next = ipv6 ? packet[6] : packet[9];
        switch (header.Segmentation & ~VirtioSegmentation.Ecn)
        {
            case VirtioSegmentation.Tcp4 when !ipv6 && next == TransportHeader.Tcp:
            case VirtioSegmentation.Tcp6 when ipv6 && (next == TransportHeader.Tcp || transport > network):
                return TryTcp(header, packet, transport, out super);
            case VirtioSegmentation.Udp when next == TransportHeader.Udp || (ipv6 && transport > network):
                return TryUdp(header, packet, transport, out super);
            default:
                return false;
        }
    }

    /// <summary>Writes the headers of segment <paramref name="i"/>, checksums done, to the first <see cref="HeaderLength"/> bytes of <paramref name="destination"/>.</summary>
    public void WriteHeader(int i, Span<byte> destination)
    {
        destination = destination[..HeaderLength];
        var length = Length(i);
        var payload = _packet.Slice(PayloadOffset(i), length - HeaderLength);
        _packet[..HeaderLength].CopyTo(destination);
        if (IsIPv6(_packet))
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(length - TransportHeader.IPv6Length));
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
            BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_packet[4..]) + i));
            InternetChecksum.Write(destination[10..], 0);
            InternetChecksum.Write(destination[10..], (ushort)~InternetChecksum.Fold(InternetChecksum.Add(0, destination[.._transport])));
        }

        var header = destination[_transport..];
        var checksum = _protocol == TransportHeader.Tcp ? WriteTcp(i, header) : WriteUdp(header, length - _transport);
        InternetChecksum.Write(header[checksum..], 0);
        var sum = InternetChecksum.AddPseudoHeader(_addressSum, _protocol, length - _transport);
        sum = InternetChecksum.Add(InternetChecksum.Add(sum, header), payload);
        var folded = (ushort)~InternetChecksum.Fold(sum);

        // RFC 768: a sum of zero is sent as all ones; for TCP both mean the same.
        InternetChecksum.Write(header[checksum..], folded == 0 && _protocol == TransportHeader.Udp ? ushort.MaxValue : folded);
    }

    private static bool IsIPv6(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 6;

    private static bool TryTcp(in VirtioNetHeader header, Span<byte> packet, int transport, out SuperPacket super)
    {
        super = default;
        if (header.ChecksumOffset != TransportHeader.TcpChecksum || transport + TransportHeader.TcpLength > packet.Length)
            return false;
        var length = (packet[transport + 12] >> 4) * 4;
        if (length < TransportHeader.TcpLength || transport + length >= packet.Length)
            return false;
        super = new SuperPacket(packet, transport, TransportHeader.Tcp, transport + length, header.SegmentSize);
        return true;
    }

    private static bool TryUdp(in VirtioNetHeader header, Span<byte> packet, int transport, out SuperPacket super)
    {
        super = default;
        if (header.ChecksumOffset != TransportHeader.UdpChecksum || transport + TransportHeader.UdpLength >= packet.Length)
            return false;
        super = new SuperPacket(packet, transport, TransportHeader.Udp, transport + TransportHeader.UdpLength, header.SegmentSize);
        return true;
    }

    // The field holds the sum of the pseudo-header: the sum of all from there on is the whole one (skb_checksum_help of the kernel).
    private static bool TryComplete(in VirtioNetHeader header, Span<byte> packet, int network)
    {
        var field = header.ChecksumStart + header.ChecksumOffset;
        if (header.ChecksumStart < network || field + sizeof(ushort) > packet.Length)
            return false;
        var folded = (ushort)~InternetChecksum.Fold(InternetChecksum.Add(0, packet[header.ChecksumStart..]));
        InternetChecksum.Write(packet[field..], folded == 0 ? ushort.MaxValue : folded);
        return true;
    }

    private int WriteTcp(int i, Span<byte> header)
    {
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], sequence + (uint)(i * _segmentSize));
        if (i < Count - 1)
            header[13] &= unchecked((byte)~(TransportHeader.Fin | TransportHeader.Psh));
        if (i > 0)
            header[13] &= unchecked((byte)~TransportHeader.Cwr);
        return TransportHeader.TcpChecksum;
    }

    private static int WriteUdp(Span<byte> header, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)length);
        return TransportHeader.UdpChecksum;
    }
}
