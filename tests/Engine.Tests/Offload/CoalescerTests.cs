using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Offload;

/// <summary>Rule by rule: which neighbours are joined, and which never.</summary>
public sealed class CoalescerTests
{
    private static readonly TestPacket Tcp4 = new() { Id = 7, Payload = new byte[100], TcpOptions = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2] };
    private static readonly TestPacket Tcp6 = Tcp4 with { IsIPv6 = true };
    private static readonly TestPacket Udp4 = new() { Id = 7, Protocol = TestPacket.Udp, Payload = new byte[100] };
    private static readonly TestPacket Udp6 = Udp4 with { IsIPv6 = true };

    public static TheoryData<string> Kinds => ["tcp4", "tcp6", "udp4", "udp6"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neighbours_in_sequence_are_one(string kind)
    {
        var run = Run(kind, 3);
        var joined = Assert.Single(Joined.Join([.. run.Select(static packet => packet.ToBytes())]));
        Assert.Equal([0, 1, 2], joined.Members);
        Assert.Equal(run.Select(static packet => packet.ToBytes()), joined.Cut());

        // As the kernel would hand it out: lengths of the whole, the sum of the pseudo-header.
        var whole = run[0] with { Payload = [.. run.SelectMany(static packet => packet.Payload)] };
        Assert.Equal(whole.ToPartialBytes(), joined.Packet);
        Assert.Equal(whole.Header(100), joined.Header);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_shorter_one_ends_the_run_and_a_longer_one_begins_another(string kind)
    {
        var run = Run(kind, 5);
        run[2] = run[2] with { Payload = new byte[1] };
        Renumber(run);
        Expect(run, [[0, 1, 2], [3, 4]]);
        run = Run(kind, 3);
        run[1] = run[1] with { Payload = new byte[101] };
        Renumber(run);
        Expect(run, [[0], [1, 2]]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_differs_in_a_header_is_never_joined(string kind)
    {
        Func<TestPacket, TestPacket>[] changes =
        [
            static packet => packet with { TrafficClass = 1 }, // ECN
            static packet => packet with { TrafficClass = 0x20 },
            static packet => packet with { HopLimit = 63 },
            static packet => packet with { Ports = (packet.Ports.Source, 5002) },
            static packet => packet with { Ports = (40001, packet.Ports.Destination) },
            static packet => packet with { Hosts = (1, 3) },
            static packet => packet with { Hosts = (2, 2) },
        ];
        foreach (var change in changes)
            ExpectApart(kind, change);
        if (kind.EndsWith('6'))
        {
            ExpectApart(kind, static packet => packet with { FlowLabel = 1 });
        }
        else
        {
            ExpectApart(kind, static packet => packet with { DontFragment = false });
            foreach (var id in new[] { 0, 1, 2, 4, 0x8000, 0xffff })
                ExpectApart(kind, packet => packet with { DontFragment = false, Id = (ushort)(packet.Id + id - 3) }, static packet => packet with { DontFragment = false }, id == 3);
        }

        if (!kind.StartsWith('t'))
            return;
        ExpectApart(kind, static packet => packet with { Acknowledgement = 78 });
        ExpectApart(kind, static packet => packet with { Window = 502 });
        ExpectApart(kind, static packet => packet with { Sequence = packet.Sequence + 1 });
        ExpectApart(kind, static packet => packet with { Sequence = packet.Sequence - 100 });
        ExpectApart(kind, static packet => packet with { Urgent = 1 });
        ExpectApart(kind, static packet => packet with { TcpOptions = [1, 1, 8, 10, 0, 0, 0, 2, 0, 0, 0, 2] });
        ExpectApart(kind, static packet => packet with { TcpOptions = [] });
        foreach (var flag in new[] { TestPacket.Syn, TestPacket.Rst, TestPacket.Urg, TestPacket.Ece, TestPacket.Cwr })
        {
            ExpectApart(kind, packet => packet with { Flags = (byte)(packet.Flags | flag) });
            ExpectApart(kind, static packet => packet with { Flags = 0 });
        }
    }

    [Theory]
    [InlineData(TestPacket.Syn)]
    [InlineData(TestPacket.Rst)]
    [InlineData(TestPacket.Urg)]
    [InlineData(TestPacket.Cwr)]
    public void Segments_that_say_more_than_data_are_each_alone(byte flag)
    {
        var run = Run("tcp4", 3).Select(packet => packet with { Flags = (byte)(TestPacket.Ack | flag) }).ToArray();
        Expect(run, [[0], [1], [2]]);
    }

    [Theory]
    [InlineData(TestPacket.Fin)]
    [InlineData(TestPacket.Psh)]
    [InlineData(TestPacket.Fin | TestPacket.Psh)]
    public void Fin_and_psh_end_a_run_and_stay_where_they_were(byte flag)
    {
        var run = Run("tcp6", 5);
        run[2] = run[2] with { Flags = (byte)(TestPacket.Ack | flag) };
        Expect(run, [[0, 1, 2], [3, 4]]);
        run = Run("tcp6", 3);
        run[0] = run[0] with { Flags = (byte)(TestPacket.Ack | flag) };
        Expect(run, [[0], [1, 2]]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_packet_with_a_bad_checksum_is_delivered_alone_and_unchanged(string kind)
    {
        for (var bad = 0; bad < 6; bad++)
        {
            var run = Run(kind, 6);
            var packets = run.Select(static packet => packet.ToBytes()).ToArray();
            packets[bad][run[bad].HeaderLength + 50] ^= 1;
            CheckBad(packets, bad);
            if (kind.EndsWith('4'))
            {
                packets = [.. run.Select(static packet => packet.ToBytes())];
                packets[bad][10] ^= 0x55;
                CheckBad(packets, bad);
            }
        }
    }

    [Fact]
    public void A_datagram_without_a_checksum_is_alone()
    {
        var packets = Run("udp4", 3).Select(static packet => packet.ToBytes()).ToArray();
        packets[1][26] = packets[1][27] = 0;
        Expect(packets, [[0], [1], [2]]);
    }

    [Fact]
    public void A_datagram_whose_length_lies_is_alone()
    {
        foreach (var length in new byte[] { 0, 7, 107, 109 })
        {
            var packets = Run("udp6", 3).Select(static packet => packet.ToBytes()).ToArray();
            packets[1][45] = length;
            Expect(packets, [[0], [1], [2]]);
        }
    }

    [Fact]
    public void A_tcp_header_that_ends_behind_the_packet_or_before_itself_is_alone()
    {
        foreach (var offset in new byte[] { 0, 4, 15 })
        {
            var packets = Run("tcp4", 3).Select(static packet => (packet with { Payload = new byte[5] }).ToBytes()).ToArray();
            packets[1][32] = (byte)(offset << 4);
            var results = Joined.Join(packets);
            Assert.Contains(results, result => result.Members is [1] && result.Packet.AsSpan().SequenceEqual(packets[1]));
        }
    }

    [Fact]
    public void Empty_segments_and_datagrams_are_alone_and_keep_their_place()
    {
        var run = Run("tcp4", 4);
        run[1] = run[1] with { Payload = [] };
        Renumber(run);
        Expect(run, [[0], [1], [2, 3]]);
        run = Run("udp4", 4);
        run[1] = run[1] with { Payload = [] };
        Expect(run, [[0], [1], [2, 3]]);
    }

    [Fact]
    public void Options_of_IPv4_fragments_and_extension_headers_are_not_joined_nor_overtaken()
    {
        foreach (var change in new Func<byte[], byte[]>[]
            {
                static packet => Patch(packet, 6, 0x20), // more fragments
                static packet => Patch(packet, 7, 1), // fragment offset
                static packet => Patch(packet, 6, 0x80), // the reserved bit
                static packet => Patch(packet, 0, 0x46),
            })
        {
            var packets = Run("tcp4", 4).Select(static packet => packet.ToBytes()).ToArray();
            packets[1] = change(packets[1]);
            Expect(packets, [[0], [1], [2, 3]]);
        }

        var run = Run("tcp6", 4);
        run[1] = run[1] with { Extensions = [(60, new byte[8])] };
        Expect(run, [[0], [1], [2, 3]]);
    }

    [Fact]
    public void Identifications_of_packets_that_may_be_fragmented_wrap()
    {
        var run = Run("udp4", 3).Select(static (packet, i) => packet with { DontFragment = false, Id = (ushort)(0xffff + i) }).ToArray();
        Expect(run, [[0, 1, 2]]);
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        var run = Run("tcp4", 3);
        run[0] = run[0] with { Sequence = 0xffff_ff80 };
        Renumber(run);
        Expect(run, [[0, 1, 2]]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_joined_packet_is_at_most_as_long_as_a_packet_may_be(string kind)
    {
        var one = Kind(kind);
        foreach (var size in new[] { 1400, 8948, 20_000, 32_000, 40_000, (65535 - one.HeaderLength) / 2, (65535 - one.HeaderLength + 1) / 2 })
        {
            var run = Enumerable.Repeat(one with { Payload = new byte[size] }, 66).ToArray();
            Renumber(run);
            var results = Joined.Join([.. run.Select(static packet => packet.ToBytes())]);
            Assert.Equal(run.Length, results.Sum(static result => result.Members.Length));
            foreach (var (packet, segment) in run.Zip(results.SelectMany(static result => result.Cut())))
                Assert.True(packet.ToBytes().AsSpan().SequenceEqual(segment));
            var fits = Math.Min((65535 - one.HeaderLength) / size, kind.StartsWith('u') ? 64 : int.MaxValue);
            Assert.All(results.SkipLast(1), result => Assert.Equal(fits, result.Members.Length));
        }
    }

    [Fact]
    public void At_most_64_datagrams_are_one()
    {
        var run = Enumerable.Repeat(Udp4, 130).ToArray();
        Renumber(run);
        Expect(run, [[.. Enumerable.Range(0, 64)], [.. Enumerable.Range(64, 64)], [128, 129]]);
    }

    [Fact]
    public void Segments_of_a_byte_are_joined_as_far_as_a_write_has_pieces()
    {
        var run = Enumerable.Repeat(Tcp4 with { Payload = [1] }, 1300).ToArray();
        Renumber(run);
        Expect(run, [[.. Enumerable.Range(0, 1000)], [.. Enumerable.Range(1000, 300)]]);
    }

    [Fact]
    public void Interleaved_flows_are_joined_each()
    {
        // Eight at once; the ninth closes the oldest, and nothing gets out of order.
        foreach (var flows in new[] { 2, 8, 9, 20 })
        {
            var packets = new List<TestPacket>();
            for (var round = 0; round < 4; round++)
            {
                for (var flow = 0; flow < flows; flow++)
                {
                    packets.Add(Kind(flow % 2 == 0 ? "tcp4" : "tcp6") with
                    {
                        Ports = ((ushort)(100 + flow), 80),
                        Sequence = (uint)(round * 100),
                        Id = (ushort)(7 + round),
                    });
                }
            }

            var results = Joined.Join([.. packets.Select(static packet => packet.ToBytes())]);
            Assert.Equal(flows <= 8 ? flows : packets.Count, results.Count);
            foreach (var result in results)
                Assert.Equal(result.Members.Select(i => packets[i].ToBytes()), result.Cut());
        }
    }

    [Fact]
    public void Nothing_is_joined_that_the_tun_does_not_take()
    {
        foreach (var (offloads, tcp, udp) in new[]
            {
                (TunOffloads.None, 3, 3), (TunOffloads.VnetHeader, 3, 3), (TunOffloads.VnetHeader | TunOffloads.Checksum, 3, 3),
                (TunOffloads.All & ~TunOffloads.Udp, 1, 3), (TunOffloads.All, 1, 1),
            })
        {
            Assert.Equal(tcp, Joined.Join(new Coalescer(3, offloads), [.. Run("tcp4", 3).Select(static packet => packet.ToBytes())]).Count);
            Assert.Equal(udp, Joined.Join(new Coalescer(3, offloads), [.. Run("udp6", 3).Select(static packet => packet.ToBytes())]).Count);
        }
    }

    private static TestPacket Kind(string kind) => kind switch { "tcp4" => Tcp4, "tcp6" => Tcp6, "udp4" => Udp4, _ => Udp6 };

    private static TestPacket[] Run(string kind, int count)
    {
        var run = Enumerable.Repeat(Kind(kind), count).Select(static (packet, i) => packet with { Payload = [.. Enumerable.Repeat((byte)(i + 1), 100)] });
        var packets = run.ToArray();
        Renumber(packets);
        return packets;
    }

    private static void Renumber(TestPacket[] run)
    {
        for (var i = 1; i < run.Length; i++)
            run[i] = run[i] with { Sequence = run[i - 1].Sequence + (uint)run[i - 1].Payload.Length, Id = (ushort)(run[i - 1].Id + 1) };
    }

    private static void ExpectApart(
        string kind, Func<TestPacket, TestPacket> change, Func<TestPacket, TestPacket>? changeFirst = null, bool isSame = false)
    {
        var run = Run(kind, 2);
        run[0] = changeFirst is null ? run[0] : changeFirst(run[0]);
        run[1] = change(run[1]);
        Expect(run, isSame ? [[0, 1]] : [[0], [1]]);
    }

    private static void Expect(TestPacket[] run, int[][] members) => Expect([.. run.Select(static packet => packet.ToBytes())], members);

    private static void Expect(byte[][] packets, int[][] members)
    {
        var results = Joined.Join(packets);
        Assert.Equal(members, results.Select(static result => result.Members));
        Assert.Equal(packets, results.SelectMany(static result => result.Cut()));
    }

    private static void CheckBad(byte[][] packets, int bad)
    {
        var results = Joined.Join(packets);
        var alone = Assert.Single(results, result => result.Members.Contains(bad));
        Assert.Equal([bad], alone.Members);
        Assert.Equal(default, alone.Header);
        Assert.Equal(packets[bad], alone.Packet);
        Assert.Equal(packets, results.SelectMany(static result => result.Cut()));
    }

    private static byte[] Patch(byte[] packet, int at, byte value)
    {
        packet[at] = value;
        return packet;
    }
}
