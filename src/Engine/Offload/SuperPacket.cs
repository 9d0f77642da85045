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
    /// <summary>The longest IP packet: what a segment may be.</summary>
    private const int LongestPacket = 65535;

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

    private SuperPacket(Span<byte> packet, int transport, byte protocol, int length, int segmentSize, bool isRouted)
    {
        _packet = packet;
        _transport = transport;
        _protocol = protocol;
        _segmentSize = segmentSize;
        HeaderLength = transport + length;
        Count = (packet.Length - HeaderLength + segmentSize - 1) / segmentSize;
        _addressSum = AddressSum(packet, transport, protocol, isRouted);
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

        // Where the kernel left no checksum to do, a card has verified it, and each segment gets one all the same.
        if (!TransportHeader.TryFind(packet, out var transport, out var protocol, out var isRouted) || header.SegmentSize == 0
            || (header.NeedsChecksum ? header.ChecksumStart != transport : isRouted))
            return false;
        var ipv6 = IsIPv6(packet);
        var length = (header.Segmentation & ~VirtioSegmentation.Ecn) switch
        {
            VirtioSegmentation.Tcp4 when !ipv6 && protocol == TransportHeader.Tcp => TcpLength(header, packet[transport..]),
            VirtioSegmentation.Tcp6 when ipv6 && protocol == TransportHeader.Tcp => TcpLength(header, packet[transport..]),
            VirtioSegmentation.Udp when protocol == TransportHeader.Udp => UdpLength(header, packet[transport..]),
            _ => 0,
        };
        if (length == 0 || transport + length + Math.Min(header.SegmentSize, packet.Length - transport - length) > LongestPacket)
            return false;
        super = new SuperPacket(packet, transport, protocol, length, header.SegmentSize, isRouted);
        return true;
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

    // Bytes of the transport header; 0 where it is none, is not what the kernel's checksum belongs to, or nothing stands behind it.
    private static int TcpLength(in VirtioNetHeader header, ReadOnlySpan<byte> transport)
    {
        if ((header.NeedsChecksum && header.ChecksumOffset != TransportHeader.TcpChecksum) || transport.Length <= TransportHeader.TcpLength)
            return 0;
        var length = (transport[12] >> 4) * 4;
        return length < TransportHeader.TcpLength || length >= transport.Length ? 0 : length;
    }

    private static int UdpLength(in VirtioNetHeader header, ReadOnlySpan<byte> transport) =>
        (header.NeedsChecksum && header.ChecksumOffset != TransportHeader.UdpChecksum) || transport.Length <= TransportHeader.UdpLength
            ? 0 : TransportHeader.UdpLength;

    // Of the pseudo-header, the part that is the same for all segments. The kernel left the sum of the whole one, which alone knows the last
    // address of a route.
    private static ulong AddressSum(ReadOnlySpan<byte> packet, int transport, byte protocol, bool isRouted)
    {
        if (!isRouted)
            return InternetChecksum.Add(0, IsIPv6(packet) ? packet.Slice(8, 32) : packet.Slice(12, 8));
        var rest = InternetChecksum.Fold(InternetChecksum.AddPseudoHeader(0, protocol, packet.Length - transport));
        var field = protocol == TransportHeader.Tcp ? TransportHeader.TcpChecksum : TransportHeader.UdpChecksum;
        return InternetChecksum.Add((ushort)~rest, packet.Slice(transport + field, sizeof(ushort)));
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
