using System;
using System.Linq;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Offload;

/// <summary>Cutting against packets laid out by hand, byte for byte.</summary>
public sealed class SuperPacketTests
{
    private readonly Random _random = new(20261127);

    public static TheoryData<bool, byte> Kinds => new() { { false, 6 }, { true, 6 }, { false, 17 }, { true, 17 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_segment_size_from_1_to_1460_is_cut_into_the_very_packets(bool ipv6, byte protocol)
    {
        for (var size = 1; size <= 1460; size++)
        {
            var payload = size < 100 ? _random.Next(1, 40 * size) : _random.Next(1, 8 * size);
            Check(Some(ipv6, protocol, payload), size);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Headers_of_every_kind_are_cut_into_the_very_packets(bool ipv6, byte protocol)
    {
        for (var round = 0; round < 1000; round++)
        {
            var packet = Some(ipv6, protocol, _random.Next(1, 4000));
            packet = packet with
            {
                IPOptions = ipv6 ? [] : Noise(4 * _random.Next(11)),
                Extensions = ipv6 ? SomeExtensions() : [],
                TcpOptions = Noise(4 * _random.Next(11)),
                Flags = (byte)_random.Next(256),
                Urgent = (ushort)_random.Next(65536),
            };
            Check(packet, _random.Next(1, 2000), ecn: protocol == 6 && _random.Next(2) == 0);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_largest_packet_is_cut(bool ipv6, byte protocol)
    {
        foreach (var size in new[] { 1, 8, 536, 1368, 1380, 1440, 8948, 65000 })
        {
            var packet = Some(ipv6, protocol, 1);
            Check(packet with { Payload = Noise(65535 - packet.HeaderLength) }, size);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_whole_multiple_of_the_segment_size_has_no_empty_tail(bool ipv6, byte protocol)
    {
        Check(Some(ipv6, protocol, 3000), 1000);
        Check(Some(ipv6, protocol, 1000), 1000);
        Check(Some(ipv6, protocol, 999), 1000);
        Check(Some(ipv6, protocol, 1001), 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sequence_numbers_and_identifications_wrap(bool ipv6)
    {
        Check(Some(ipv6, 6, 10_000) with { Sequence = 0xffff_f000, Id = 0xfffe }, 1000);
        Check(Some(ipv6, 6, 3000) with { Sequence = 0xffff_ffff, Id = 0xffff }, 1000);
    }

    [Fact]
    public void Fin_and_psh_end_in_the_last_segment_and_cwr_stays_in_the_first()
    {
        var packet = Some(false, 6, 3000) with { Flags = TestPacket.Ack | TestPacket.Fin | TestPacket.Psh | TestPacket.Cwr | TestPacket.Ece };
        var flags = Cut(packet, 1000, ecn: true).Select(static segment => segment[33]);
        Assert.Equal(
            [
                TestPacket.Ack | TestPacket.Ece | TestPacket.Cwr, TestPacket.Ack | TestPacket.Ece,
                TestPacket.Ack | TestPacket.Ece | TestPacket.Fin | TestPacket.Psh,
            ],
            flags.Select(static flag => (int)flag));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Behind_a_routing_header_the_checksum_is_for_the_last_address(byte routing)
    {
        // RFC 8200 §8.1: the final destination, which alone the kernel's sum of the pseudo-header knows.
        var header = new byte[24];
        header[2] = routing;
        header[3] = 1; // segments left
        header[8] = 0xfd;
        header[23] = 99;
        foreach (var protocol in new[] { TestPacket.Tcp, TestPacket.Udp })
        {
            var packet = Some(true, protocol, 5000) with { Extensions = [(60, new byte[8]), (43, header)], FinalHost = 99 };
            Check(packet, 1200);
            CheckWhole(packet);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_checksum_left_to_do_is_done_in_place(bool ipv6, byte protocol)
    {
        for (var round = 0; round < 500; round++)
        {
            CheckWhole(Some(ipv6, protocol, _random.Next(3000)) with
            {
                IPOptions = ipv6 ? [] : Noise(4 * _random.Next(11)),
                Extensions = ipv6 ? SomeExtensions() : [],
            });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_sum_of_zero_is_sent_as_ones(bool ipv6, byte protocol)
    {
        // Two bytes of payload that make the sum come out as 0. For UDP 0 would mean no checksum; for TCP both mean the same, and a
        // checksum done in place is 0xffff, too (skb_checksum_help).
        var packet = Some(ipv6, protocol, 2) with { Payload = [0, 0] };
        var bytes = packet.ToBytes();
        packet = packet with { Payload = bytes[packet.ChecksumField..(packet.ChecksumField + 2)] };
        var whole = packet.ToPartialBytes();
        Assert.True(SuperPacket.TryParse(packet.Header(0), whole, out _));
        Assert.Equal([0xff, 0xff], whole[packet.ChecksumField..(packet.ChecksumField + 2)]);

        var twice = packet with { Payload = [.. packet.Payload, .. packet.Payload] };
        var expected = protocol == TestPacket.Udp ? (byte)0xff : (byte)0;
        Assert.All(Cut(twice, 2).Take(1), segment => Assert.Equal([expected, expected], segment[packet.ChecksumField..(packet.ChecksumField + 2)]));
        Check(twice, 2);
    }

    [Fact]
    public void A_checksum_deep_inside_an_encapsulated_packet_is_done_where_the_kernel_says()
    {
        // VXLAN and the like: the outer checksum is the sender's affair, the inner one is left to do.
        var inner = Some(true, 6, 700);
        var outer = Some(false, 17, 0) with { Payload = [.. Noise(22), .. inner.ToPartialBytes()] };
        var packet = outer.ToBytes();
        var start = outer.HeaderLength + 22 + inner.Transport;
        Assert.True(SuperPacket.TryParse(new VirtioNetHeader(true, VirtioSegmentation.None, 0, 0, (ushort)start, 16), packet, out var super));
        Assert.Equal((1, 0), (super.Count, super.HeaderLength));
        Assert.Equal(inner.ToBytes(), packet[(outer.HeaderLength + 22)..]);
    }

    [Fact]
    public void A_whole_packet_is_left_alone()
    {
        var packet = Some(true, 17, 500).ToBytes();
        var copy = packet.ToArray();
        Assert.True(SuperPacket.TryParse(default, packet, out var super));
        Assert.Equal((1, 0, packet.Length), (super.Count, super.HeaderLength, super.Length(0)));
        Assert.Equal(copy, packet);
    }

    internal static byte[][] Cut(in VirtioNetHeader header, byte[] packet)
    {
        Assert.True(SuperPacket.TryParse(header, packet, out var super));
        var segments = new byte[super.Count][];
        for (var i = 0; i < super.Count; i++)
        {
            var segment = segments[i] = new byte[super.Length(i)];
            if (super.HeaderLength > 0)
                super.WriteHeader(i, segment);
            packet.AsSpan(super.PayloadOffset(i), segment.Length - super.HeaderLength).CopyTo(segment.AsSpan(super.HeaderLength));
        }

        return segments;
    }

    private static byte[][] Cut(TestPacket packet, int size, bool ecn = false) => Cut(packet.Header(size, ecn), packet.ToPartialBytes());

    private static void Check(TestPacket packet, int size, bool ecn = false)
    {
        var segments = Cut(packet, size, ecn);
        var expected = packet.Cut(size).Select(static segment => segment.ToBytes()).ToArray();
        Assert.Equal(expected.Length, segments.Length);
        for (var i = 0; i < segments.Length; i++)
            Assert.True(expected[i].AsSpan().SequenceEqual(segments[i]), $"segment {i} of {packet} cut by {size}");
    }

    private static void CheckWhole(TestPacket packet)
    {
        var bytes = packet.ToPartialBytes();
        Assert.True(SuperPacket.TryParse(packet.Header(0), bytes, out var super));
        Assert.Equal((1, 0, bytes.Length), (super.Count, super.HeaderLength, super.Length(0)));
        var expected = packet.ToBytes();
        if (expected.AsSpan(packet.ChecksumField, 2).IndexOfAnyExcept((byte)0) < 0)
            expected[packet.ChecksumField] = expected[packet.ChecksumField + 1] = 0xff;
        Assert.Equal(expected, bytes);
    }

    private TestPacket Some(bool ipv6, byte protocol, int payload) => new()
    {
        IsIPv6 = ipv6,
        Protocol = protocol,
        Hosts = ((byte)_random.Next(256), (byte)_random.Next(256)),
        Ports = ((ushort)_random.Next(65536), (ushort)_random.Next(65536)),
        TrafficClass = (byte)_random.Next(256),
        HopLimit = (byte)_random.Next(256),
        FlowLabel = (uint)_random.Next(1 << 20),
        Id = (ushort)_random.Next(65536),
        DontFragment = _random.Next(2) == 0,
        Sequence = (uint)_random.NextInt64(1L << 32),
        Acknowledgement = (uint)_random.NextInt64(1L << 32),
        Window = (ushort)_random.Next(65536),
        TcpOptions = Noise(12),
        Payload = Noise(payload),
    };

    // Hop-by-hop first, then destination options, a routing header that is used up, destination options.
    private (byte Type, byte[] Bytes)[] SomeExtensions()
    {
        (byte Type, byte[] Bytes)[] all = [(0, Noise(8 * _random.Next(1, 4))), (60, Noise(16)), (43, Noise(24)), (60, Noise(8))];
        all[2].Bytes[3] = 0;
        return [.. all.Where(_ => _random.Next(2) == 0)];
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
