using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Offload;
using Warren.Linux.Tun;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Offload;

/// <summary>Random traffic of many flows, honest and not: cut again it is the very same packets, each flow in its order, nothing lost and
/// nothing twice.</summary>
[Trait("Category", "Property")]
public sealed class CoalescerPropertyTests
{
    private readonly Random _random = new(20261127);
    private readonly TestTraffic _traffic = new(20261127);
    private readonly Coalescer _coalescer = new(300, TunOffloads.All);

    [Fact]
    public void Traffic_of_many_flows_is_cut_again_into_the_very_packets()
    {
        int packets = 0, results = 0;
        for (var round = 0; round < 300; round++)
        {
            var traffic = _traffic.Make(_random.Next(1, 300), _random.Next(1, 15), mischief: round % 3);
            packets += traffic.Count;
            results += Check(traffic);
        }

        Assert.True(results < packets * 3 / 4, $"{packets} packets were only joined into {results}");
    }

    [Fact]
    public void Changed_bytes_anywhere_change_nothing_of_that()
    {
        for (var round = 0; round < 300; round++)
        {
            var traffic = _traffic.Make(_random.Next(2, 100), _random.Next(1, 4), mischief: 1);
            for (var i = _random.Next(1, 10); i > 0; i--)
            {
                var packet = traffic[_random.Next(traffic.Count)];
                packet[_random.Next(Math.Min(packet.Length, 80))] = (byte)_random.Next(256);
            }

            Check(Admitted(traffic));
        }
    }

    [Fact]
    public void Noise_is_passed_on()
    {
        for (var round = 0; round < 1000; round++)
        {
            var traffic = new List<byte[]>();
            for (var i = _random.Next(50); i >= 0; i--)
            {
                var packet = new byte[_random.Next(20, 120)];
                if (_random.Next(2) == 0)
                    _random.NextBytes(packet);
                packet[0] = _random.Next(2) == 0 ? (byte)0x45 : (byte)(_random.Next(4, 7) << 4 | _random.Next(16));
                packet[6] = packet[9] = _random.Next(2) == 0 ? (byte)6 : (byte)17;
                if (_random.Next(2) == 0)
                    packet[6] = 0;
                packet[2] = packet[4] = 0;
                packet[3] = (byte)packet.Length;
                packet[5] = (byte)Math.Max(0, packet.Length - 40);
                traffic.Add(packet);
            }

            Check(Admitted(traffic));
        }
    }

    // As the delivery does: only what has the length it says.
    private static List<byte[]> Admitted(List<byte[]> traffic)
    {
        var admitted = new List<byte[]>();
        foreach (var packet in traffic)
        {
            if (InnerPacket.TryParse(packet, out var length, out _, out _))
                admitted.Add(packet[..length]);
        }

        return admitted;
    }

    private int Check(List<byte[]> traffic)
    {
        var results = Joined.Join(_coalescer, traffic, gap: _random.Next(3) * 16);
        var order = new Dictionary<string, int>();
        var seen = new bool[traffic.Count];
        var passed = 0;
        foreach (var result in results)
        {
            var cut = result.Cut();
            Assert.Equal(result.Members.Length, cut.Length);
            for (var i = 0; i < cut.Length; i++)
            {
                var member = result.Members[i];
                Assert.False(seen[member], $"packet {member} came twice");
                seen[member] = true;
                AssertSame(traffic[member], cut[i]);
                var flow = Flow(traffic[member]);
                Assert.True(order.GetValueOrDefault(flow, -1) < member, $"packet {member} of {flow} was overtaken");
                order[flow] = member;
                Assert.True(!IsOpaque(traffic[member]) || passed == member, $"packet {member} was overtaken, or has overtaken");
                passed++;
            }
        }

        Assert.DoesNotContain(false, seen);
        return results.Count;
    }

    // Byte for byte, but for what says the same: a TCP or IPv4 checksum of 0 and of 0xffff, and the identification of a packet that may not be
    // fragmented (RFC 6864 §4.1).
    private static void AssertSame(byte[] expected, byte[] actual)
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return;
        Assert.Equal(expected.Length, actual.Length);
        byte[] left = [.. expected], right = [.. actual];
        if (left[0] == 0x45)
        {
            Assert.Equal(0xffff, NaiveChecksum.Sum(right.AsSpan(0, 20)));
            if ((left[6] & 0x40) != 0)
                left.AsSpan(4, 2).Clear();
            left.AsSpan(10, 2).Clear();
            if ((right[6] & 0x40) != 0)
                right.AsSpan(4, 2).Clear();
            right.AsSpan(10, 2).Clear();
            if (left[9] == TestPacket.Tcp)
                Canonical(left.AsSpan(36, 2), right.AsSpan(36, 2));
        }
        else if (left[6] == TestPacket.Tcp)
        {
            Canonical(left.AsSpan(56, 2), right.AsSpan(56, 2));
        }

        Assert.Equal(left, right);
    }

    private static void Canonical(Span<byte> left, Span<byte> right)
    {
        if (left.IndexOfAnyExcept((byte)0xff) < 0)
            left.Clear();
        if (right.IndexOfAnyExcept((byte)0xff) < 0)
            right.Clear();
    }

    // A fragment, or options or an extension header before the ports: it may be of any flow.
    private static bool IsOpaque(byte[] packet) => packet[0] >> 4 == 4
        ? packet[0] != 0x45 || (packet[6] & 0xbf) != 0 || packet[7] != 0
        : packet[6] is 0 or 43 or 44 or 51 or 60;

    // Whose order must be kept: addresses, protocol and ports.
    private static string Flow(byte[] packet)
    {
        if (packet[0] == 0x45 && packet.Length >= 24 && (packet[6] & 0xbf) == 0 && packet[7] == 0)
            return Convert.ToHexString(packet, 9, 1) + Convert.ToHexString(packet, 12, 12);
        if (packet[0] >> 4 == 6 && packet.Length >= 44)
            return Convert.ToHexString(packet, 6, 1) + Convert.ToHexString(packet, 8, 36);
        return Convert.ToHexString(packet);
    }
}
