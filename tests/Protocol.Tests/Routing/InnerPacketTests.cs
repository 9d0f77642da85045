using System;
using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public sealed class InnerPacketTests
{
    [Fact, Trait("Category", "Property")]
    public void Reads_back_any_packet_and_ignores_padding()
    {
        var packets =
            from source in RoutingGenerators.Addresses
            from destination in RoutingGenerators.Addresses.Where(address => address.IsIPv6 == source.IsIPv6)
            from payload in Gen.Choose(0, 1500)
            from padding in Gen.Choose(0, 15)
            select (source, destination, payload, padding);
        Prop.ForAll(Arb.From(packets), drawn =>
        {
            var packet = Packet(drawn.source, drawn.destination, drawn.payload, drawn.padding);
            return InnerPacket.TryParse(packet, out var length, out var source, out var destination)
                && length == packet.Length - drawn.padding
                && source == drawn.source
                && destination == drawn.destination;
        }).QuickCheckThrowOnFailure();
    }

    [Fact, Trait("Category", "Property")]
    public void Never_throws_on_noise_and_never_reads_past_the_buffer()
    {
        var noise =
            from first in Gen.Elements<byte>(0x45, 0x46, 0x4F, 0x40, 0x60, 0x6F, 0x00, 0x50, 0xFF)
            from rest in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
            from size in Gen.Choose(0, 80)
            select (byte[])[first, .. rest.AsSpan(0, Math.Min(size, rest.Length))];
        Prop.ForAll(Arb.From(noise), packet =>
            !InnerPacket.TryParse(packet, out var length, out var source, out var destination)
            || (length <= packet.Length && length >= (source.IsIPv6 ? 40 : 20) && source.IsIPv6 == destination.IsIPv6
                && packet[0] >> 4 == (source.IsIPv6 ? 6 : 4)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Assert.False(InnerPacket.TryParse([], out _, out _, out _));
    }

    [Theory]
    [InlineData(20, 20, true)]
    [InlineData(20, 21, false)]
    [InlineData(20, 19, false)]
    [InlineData(20, 0, false)]
    [InlineData(36, 20, true)]
    [InlineData(19, 19, false)]
    public void Holds_the_IPv4_total_length_against_the_buffer(int size, int totalLength, bool expected)
    {
        var packet = new byte[size];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)totalLength);
        Assert.Equal(expected, InnerPacket.TryParse(packet, out var length, out _, out _));
        Assert.Equal(expected ? totalLength : 0, length);
    }

    [Theory]
    [InlineData(40, 0, true)]
    [InlineData(40, 1, false)]
    [InlineData(64, 9, true)]
    [InlineData(64, 65535, false)]
    [InlineData(39, 0, false)]
    public void Holds_the_IPv6_payload_length_against_the_buffer(int size, int payloadLength, bool expected)
    {
        var packet = new byte[size];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payloadLength);
        Assert.Equal(expected, InnerPacket.TryParse(packet, out var length, out _, out _));
        Assert.Equal(expected ? 40 + payloadLength : 0, length);
    }

    private static byte[] Packet(IpAddress source, IpAddress destination, int payload, int padding)
    {
        var header = source.IsIPv6 ? 40 : 20;
        var packet = new byte[header + payload + padding];
        packet[0] = (byte)(source.IsIPv6 ? 0x60 : 0x45);
        var (offset, length) = source.IsIPv6 ? (4, payload) : (2, header + payload);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(offset), (ushort)length);
        source.Write(packet.AsSpan(source.IsIPv6 ? 8 : 12));
        destination.Write(packet.AsSpan(source.IsIPv6 ? 24 : 16));
        return packet;
    }
}
