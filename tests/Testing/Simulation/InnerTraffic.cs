using System;
using System.Buffers.Binary;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>Packets users send through tunnels: each has a number, and all its bytes follow from the number.</summary>
public static class InnerTraffic
{
    public const int LeastLength = 40 + 8 + 16;

    /// <summary>Stands in every packet, so that an eavesdropper would know plaintext when it saw it.</summary>
    public static ReadOnlySpan<byte> Marker => "a plain sentence"u8;

    public static byte[] Packet(long number, IpAddress source, IpAddress destination, int length)
    {
        var packet = new byte[length];
        var header = source.IsIPv6 ? 40 : 20;
        packet[0] = (byte)(source.IsIPv6 ? 0x60 : 0x45);
        var (offset, counted) = source.IsIPv6 ? (4, length - header) : (2, length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(offset), (ushort)counted);
        source.Write(packet.AsSpan(source.IsIPv6 ? 8 : 12));
        destination.Write(packet.AsSpan(source.IsIPv6 ? 24 : 16));
        BinaryPrimitives.WriteInt64BigEndian(packet.AsSpan(header), number);
        Marker.CopyTo(packet.AsSpan(header + 8));
        new SeededRandom((ulong)number).Fill(packet.AsSpan(header + 8 + Marker.Length));
        return packet;
    }

    public static long Number(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadInt64BigEndian(packet[(packet[0] >> 4 == 6 ? 40 : 20)..]);
}
