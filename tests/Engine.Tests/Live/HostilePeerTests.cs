using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Warren.Engine.Tests.Offload;
using Warren.Protocol;

namespace Warren.Engine.Tests.Live;

/// <summary>A peer with a session that sends what no host would: nothing breaks, nothing is allocated, and what others say arrives.</summary>
[Trait("Category", "Root")]
public sealed class HostilePeerTests : IDisposable
{
    private readonly Random _random = new(20261127);
    private readonly TestNamespace _left = new();
    private readonly TestNamespace _right = new();
    private readonly TestDevice _device;
    private readonly InsidePeer _peer;
    private readonly Socket _socket;

    public HostilePeerTests()
    {
        _left.JoinTo(_right);
        _left.Run("ip link set wire txqueuelen 10000");
        _device = new TestDevice(_right, "wg0").Up("10.9.0.2/24", 51820);
        _right.AddIPv6("fd00::2", "wg0");
        _peer = new InsidePeer(_left, _device, "10.9.0.0/31", "fd00::/127");
        _socket = _right.In(static () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _socket.Bind(new IPEndPoint(IPAddress.Parse("10.9.0.2"), 5001));
        _socket.ReceiveTimeout = 5000;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
        _device.Dispose();
        _left.Dispose();
        _right.Dispose();
    }

    [Fact]
    public void Whatever_comes_between_them_honest_datagrams_arrive_whole_and_in_order()
    {
        var traffic = new TestTraffic(3);
        var sent = new Queue<byte[]>();
        var number = 0;
        for (var round = 0; round < 150; round++)
        {
            var hostile = traffic.Make(40, 5, mischief: 2).Where(static packet => packet.Length < 60_000).Select(Spoil);
            foreach (var packet in hostile)
            {
                _peer.Send(packet);
                if (_random.Next(2) == 0)
                    continue;
                var payload = BitConverter.GetBytes(number++).Concat(new byte[_random.Next(3) * 100]).ToArray();
                sent.Enqueue(payload);
                _peer.Send(new TestPacket { Protocol = TestPacket.Udp, Payload = payload, Id = (ushort)number }.ToBytes());
            }

            var received = new byte[2048];
            while (sent.TryDequeue(out var expected))
                Assert.Equal(expected, received[.._socket.Receive(received)]);
        }

        Assert.Null(_device.Failure);
        Assert.All(
            _device.Device.ReportDrops().Device,
            static drop => Assert.Contains(drop.Reason, new[] { DropReason.InnerMalformed, DropReason.SourceNotAllowed, DropReason.NoPeerForDestination }));
    }

    [Fact]
    public void Malformed_packets_cost_no_memory()
    {
        // Lengths that lie, headers that end behind the packet, sequence numbers that go backwards, a byte at a time.
        var packets = new List<byte[]>();
        var tcp = new TestPacket { Payload = [1] };
        for (var i = 0; i < 200; i++)
            packets.Add((tcp with { Sequence = (uint)(1000 + (i % 3 == 0 ? -i : i)), IsIPv6 = i % 2 == 0 }).ToBytes());
        packets.AddRange(Enumerable.Range(0, 200).Select(i => Spoil((tcp with { Sequence = (uint)i }).ToBytes())));
        packets.AddRange([[], [0x45], [0x60], new byte[19], new byte[20], new byte[40], (tcp with { Payload = new byte[65_000] }).ToBytes()]);
        for (var round = 0; round < 20; round++)
            Send();
        var before = Allocated();
        for (var round = 0; round < 50; round++)
            Send();
        Assert.InRange(Allocated() - before, 0, 4096);
        Assert.Null(_device.Failure);

        void Send()
        {
            foreach (var packet in packets)
                _peer.Send(packet);
            _peer.Send(new TestPacket { Protocol = TestPacket.Udp, Payload = [1, 2, 3] }.ToBytes());
            Assert.Equal(3, _socket.Receive(new byte[16]));
        }
    }

    private long Allocated()
    {
        long bytes = 0;
        _device.Device.Workers[0].Invoke(() => bytes = GC.GetAllocatedBytesForCurrentThread());
        return bytes;
    }

    // One packet in three with a wrong byte in its headers, or without its end.
    private byte[] Spoil(byte[] packet)
    {
        switch (_random.Next(6))
        {
            case 0:
                packet[_random.Next(Math.Min(60, packet.Length))] = (byte)_random.Next(256);
                break;
            case 1:
                return packet[.._random.Next(packet.Length)];
        }

        return packet;
    }
}
