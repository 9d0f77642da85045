using System;
using System.Buffers.Binary;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Offload;

/// <summary>Whatever stands before a packet and in it: refused, or cut into packets that are right.</summary>
public sealed class HostileHeaderTests
{
    private readonly Random _random = new(20261127);

    [Fact]
    public void Noise_is_refused_or_cut_into_right_packets()
    {
        var cut = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var packet = new byte[_random.Next(200)];
            _random.NextBytes(packet);
            if (packet.Length > 0 && _random.Next(4) > 0)
                packet[0] = _random.Next(2) == 0 ? (byte)(0x40 | _random.Next(16)) : (byte)0x60;
            if (packet.Length > 9 && _random.Next(2) == 0)
                packet[6] = packet[9] = _random.Next(2) == 0 ? TestPacket.Tcp : TestPacket.Udp;
            cut += Check(SomeHeader(packet), packet);
        }

        Assert.True(cut > 50, $"only {cut} were cut");
    }

    [Fact]
    public void A_changed_byte_or_a_cut_end_is_refused_or_cut_into_right_packets()
    {
        var cut = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var spec = new TestPacket
            {
                IsIPv6 = _random.Next(2) == 0,
                Protocol = _random.Next(2) == 0 ? TestPacket.Tcp : TestPacket.Udp,
                TcpOptions = new byte[4 * _random.Next(3)],
                Payload = new byte[_random.Next(1, 400)],
            };
            if (spec.IsIPv6)
                spec = spec with { Extensions = _random.Next(3) switch { 0 => [], 1 => [(0, new byte[8])], _ => [(60, new byte[16]), (43, new byte[24])] } };
            var header = spec.Header(_random.Next(1, 200));
            var packet = spec.ToPartialBytes();
            for (var i = _random.Next(3); i > 0; i--)
                packet[_random.Next(Math.Min(packet.Length, spec.HeaderLength + 2))] = (byte)_random.Next(256);
            switch (_random.Next(8))
            {
                case 0:
                    packet = packet[.._random.Next(packet.Length)];
                    break;
                case 1:
                    header = SomeHeader(packet);
                    break;
                case 2:
                    header = header with { ChecksumStart = (ushort)_random.Next(100) };
                    break;
                case 3:
                    header = header with { ChecksumOffset = (ushort)_random.Next(24) };
                    break;
                case 4:
                    header = header with { SegmentSize = (ushort)_random.Next(4), HeaderLength = (ushort)_random.Next(65536) };
                    break;
                case 5:
                    header = header with { NeedsChecksum = false };
                    break;
            }

            cut += Check(header, packet);
        }

        Assert.True(cut > 5_000, $"only {cut} were cut");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65535, false)]
    public void A_segment_is_no_longer_than_a_packet_may_be(ushort size, bool isCut)
    {
        // 65,536 bytes fit the buffer; as one segment they fit no length field.
        var spec = new TestPacket { Protocol = TestPacket.Udp };
        var packet = new byte[65536];
        spec.ToPartialBytes().CopyTo(packet, 0);
        Assert.Equal(isCut, SuperPacket.TryParse(spec.Header(1) with { SegmentSize = size }, packet, out _));
    }

    [Fact]
    public void What_a_card_has_verified_is_cut_like_the_rest()
    {
        // VIRTIO_NET_HDR_F_DATA_VALID: a super-packet made by a card (LRO) and forwarded has no checksum left to do.
        foreach (var ipv6 in new[] { false, true })
        {
            var spec = new TestPacket { IsIPv6 = ipv6, Payload = new byte[3000] };
            var header = spec.Header(1000) with { NeedsChecksum = false, ChecksumStart = 0, ChecksumOffset = 0 };
            Assert.Equal(3, Check(header, spec.ToBytes()));
        }
    }

    private VirtioNetHeader SomeHeader(byte[] packet)
    {
        VirtioSegmentation[] kinds = [VirtioSegmentation.None, VirtioSegmentation.Tcp4, VirtioSegmentation.Tcp6, VirtioSegmentation.Udp];
        var segmentation = _random.Next(4) > 0 ? kinds[_random.Next(4)] : (VirtioSegmentation)_random.Next(256);
        var start = _random.Next(3) switch { 0 => 20, 1 => 40, _ => _random.Next(packet.Length + 20) };
        var offset = _random.Next(3) switch { 0 => 6, 1 => 16, _ => _random.Next(65536) };
        return new VirtioNetHeader(
            _random.Next(4) > 0, segmentation, (ushort)_random.Next(65536), (ushort)_random.Next(_random.Next(2) == 0 ? 65536 : 60), (ushort)start,
            (ushort)offset);
    }

    // How many segments were cut.
    private static int Check(in VirtioNetHeader header, byte[] packet)
    {
        var copy = packet.AsSpan().ToArray();
        if (!SuperPacket.TryParse(header, packet, out var super))
            return 0;
        if (super.HeaderLength == 0)
        {
            Assert.Equal((1, packet.Length), (super.Count, super.Length(0)));
            return 0;
        }

        Assert.Equal(copy, packet);
        var payload = 0;
        foreach (var segment in SuperPacketTests.Cut(header, packet))
        {
            Assert.InRange(segment.Length, super.HeaderLength + 1, 65535);
            CheckSegment(segment, packet, super.HeaderLength);
            Assert.True(packet.AsSpan(super.HeaderLength + payload).StartsWith(segment.AsSpan(super.HeaderLength)));
            payload += segment.Length - super.HeaderLength;
        }

        Assert.Equal(packet.Length, super.HeaderLength + payload);
        return super.Count;
    }

    // Lengths and checksums, found without what cutting knows.
    private static void CheckSegment(byte[] segment, byte[] packet, int headerLength)
    {
        int transport;
        byte protocol;
        var isRouted = false;
        if (segment[0] >> 4 == 4)
        {
            transport = (segment[0] & 15) * 4;
            protocol = segment[9];
            Assert.Equal(segment.Length, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(2)));
            Assert.Equal(0xffff, NaiveChecksum.Sum(segment.AsSpan(0, transport)));
        }
        else
        {
            Assert.Equal(segment.Length - 40, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(4)));
            transport = 40;
            for (protocol = segment[6]; protocol is 0 or 43 or 60; transport += 8 + (8 * segment[transport + 1]))
            {
                isRouted |= protocol == 43 && segment[transport + 3] != 0;
                protocol = segment[transport];
            }
        }

        Assert.Equal(packet.AsSpan(transport, 4), segment.AsSpan(transport, 4));
        if (protocol == TestPacket.Udp)
        {
            Assert.Equal(segment.Length - transport, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(transport + 4)));
            Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(transport + 6)));
        }
        else
        {
            Assert.Equal(TestPacket.Tcp, protocol);
            Assert.Equal(headerLength, transport + (segment[transport + 12] >> 4) * 4);
        }

        // Of a route, only the sum that the kernel left says for whom.
        Assert.True(isRouted || NaiveChecksum.IsTransportValid(segment, transport, protocol));
    }
}
