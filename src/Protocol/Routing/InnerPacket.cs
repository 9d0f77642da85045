using System;
using System.Buffers.Binary;

namespace Warren.Protocol.Routing;

/// <summary>What an engine must know of a packet inside the tunnel: how long it says it is, from whom and to
/// whom.</summary>
public static class InnerPacket
{
    private const int IPv4HeaderLength = 20;
    private const int IPv6HeaderLength = 40;

    /// <summary>
    /// Reads version, length and addresses. False when the version is neither 4 nor 6, the fixed header is cut short,
    /// or the packet says it is longer than <paramref name="packet"/> (or, IPv4, shorter than its own header).
    /// </summary>
    /// <param name="packet">A packet, perhaps followed by padding.</param>
    /// <param name="totalLength">Bytes of the packet without padding, header included: the IPv4 total length (RFC 791
    /// §3.1), or 40 and the IPv6 payload length (RFC 8200 §3).</param>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> packet, out int totalLength, out IpAddress source, out IpAddress destination)
    {
        totalLength = 0;
        if (!TryReadAddresses(packet, out source, out destination))
            return false;
        var length = source.IsIPv6
            ? IPv6HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(packet[4..])
            : BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (length > packet.Length || length < IPv4HeaderLength)
            return false;
        totalLength = length;
        return true;
    }

    /// <summary>The addresses alone, without looking at the length field.</summary>
    public static bool TryReadAddresses(ReadOnlySpan<byte> packet, out IpAddress source, out IpAddress destination)
    {
        source = destination = default;
        switch (packet.IsEmpty ? 0 : packet[0] >> 4)
        {
            case 4 when packet.Length >= IPv4HeaderLength:
                source = IpAddress.FromBytes(packet.Slice(12, 4));
                destination = IpAddress.FromBytes(packet.Slice(16, 4));
                return true;
            case 6 when packet.Length >= IPv6HeaderLength:
                source = IpAddress.FromBytes(packet.Slice(8, 16));
                destination = IpAddress.FromBytes(packet.Slice(24, 16));
                return true;
            default:
                return false;
        }
    }
}
