using System;

namespace Warren.Engine.Tests.Offload;

/// <summary>RFC 1071 by the letter, word by word in network order: what everything else is held against.</summary>
internal static class NaiveChecksum
{
    /// <summary>The ones' complement sum of all 16-bit words, the last padded with a zero byte.</summary>
    public static ushort Sum(ReadOnlySpan<byte> bytes, uint start = 0)
    {
        var sum = (ulong)start;
        for (var i = 0; i < bytes.Length; i += 2)
            sum += (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)sum;
    }

    /// <summary>The sum of the pseudo-header of a packet without extension headers.</summary>
    public static ushort PseudoHeader(ReadOnlySpan<byte> packet, byte protocol, int length)
    {
        var addresses = packet[0] >> 4 == 6 ? packet.Slice(8, 32) : packet.Slice(12, 8);
        return Sum(addresses, (uint)(protocol + (length >> 16) + (length & 0xffff)));
    }

    /// <summary>Whether the transport checksum of a whole packet is right; <paramref name="transport"/> is where its header begins.</summary>
    public static bool IsTransportValid(ReadOnlySpan<byte> packet, int transport, byte protocol) =>
        Sum(packet[transport..], PseudoHeader(packet, protocol, packet.Length - transport)) == 0xffff;
}
