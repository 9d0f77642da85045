using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using Warren.Engine.Tests.Offload;

namespace Warren.Engine.Tests.Live;

/// <summary>Cutting and joining against the real kernel, through a TUN.</summary>
[Trait("Category", "Root")]
public sealed class KernelOffloadTests : IDisposable
{
    private const int UdpLevel = 17, UdpSegment = 103, IPv6Level = 41, IPv6RoutingHeader = 57, IPv6DestinationOptions = 59;

    private readonly Random _random = new(20261127);
    private readonly TunEnd _tun = new();

    public void Dispose() => _tun.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_local_socket_reads_joined_datagrams_one_by_one(bool ipv6)
    {
        using var socket = _tun.Open(ipv6, tcp: false);
        socket.Bind(TunEnd.Address(ipv6, 2, 5001));
        var received = new byte[65536];
        int packets = 0, writes = 0;
        for (var round = 0; round < 300; round++)
        {
            var size = _random.Next(1, 1300);
            var payloads = Enumerable.Range(0, _random.Next(1, 70)).Select(_ => Noise(_random.Next(8) == 0 ? _random.Next(1, size + 1) : size)).ToArray();
            packets += payloads.Length;
            writes += _tun.Write([.. payloads.Select((payload, i) => new TestPacket { IsIPv6 = ipv6, Protocol = TestPacket.Udp, Id = (ushort)i, Payload = payload }.ToBytes())]);
            foreach (var payload in payloads)
                Assert.Equal(payload, received[..socket.Receive(received)]);
        }

        Assert.True(writes < packets / 2, $"{packets} packets in {writes} writes");
        Assert.Equal(0, _tun.Counter(ipv6 ? "Udp6InCsumErrors" : "UdpInCsumErrors"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_local_socket_reads_the_stream_of_joined_segments(bool ipv6)
    {
        using var tcp = TunTcp.Accept(_tun, ipv6);
        var received = new byte[40_000];
        foreach (var segment in new[] { 1, 7, 100, 536, 1339, 1340, 8000, 20_000 })
        {
            for (var round = 0; round < 10; round++)
            {
                var sent = Noise(Math.Min(250 * segment, _random.Next(1, received.Length)));
                Assert.InRange(tcp.Send(sent, segment), 1, 1 + (sent.Length / 30_000));
                var count = 0;
                while (count < sent.Length)
                    count += tcp.Socket.Receive(received.AsSpan(count, sent.Length - count));
                Assert.True(sent.AsSpan().SequenceEqual(received.AsSpan(0, count)));
            }
        }

        Assert.Equal(0, _tun.Counter("TcpInCsumErrors"));
        Assert.Equal(0, _tun.Counter("TcpInErrs"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_kernels_super_packets_of_tcp_are_cut_into_right_segments(bool ipv6, bool extension)
    {
        using var tcp = TunTcp.Accept(_tun, ipv6, extension ? SetDestinationOptions : null);
        var stream = Noise(2 << 20);
        var sending = Task.Run(() => tcp.Socket.Send(stream));
        while (tcp.Received.Length < stream.Length)
            tcp.Receive();
        Assert.Equal(stream.Length, await sending.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.True(stream.AsSpan().SequenceEqual(tcp.Received));
        Assert.True(tcp.SuperPackets > 10, $"only {tcp.SuperPackets} super-packets");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cwr_of_the_kernels_super_packets_stays_in_the_first_segment(bool ipv6)
    {
        _tun.Run("sysctl -qw net.ipv4.tcp_ecn=1");
        using var tcp = TunTcp.Accept(_tun, ipv6);
        var stream = Noise(4 << 20);
        var sending = Task.Run(() => tcp.Socket.Send(stream));
        while (tcp.Received.Length < stream.Length)
        {
            tcp.AcknowledgeWith = tcp.Received.Length > 300_000 && tcp.Cwr.Behind == 0 ? TestPacket.Ece : (byte)0;
            tcp.Receive();
        }

        Assert.Equal(stream.Length, await sending.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.True(stream.AsSpan().SequenceEqual(tcp.Received));
        Assert.True(tcp.Cwr.Behind > 0, $"no super-packet had CWR, but {tcp.Cwr.First} packets");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void The_kernels_super_packets_of_udp_are_cut_into_the_datagrams_sent(bool ipv6, bool extension)
    {
        using var socket = _tun.Open(ipv6, tcp: false);
        if (extension)
            SetDestinationOptions(socket);
        socket.Connect(TunEnd.Address(ipv6, 1, 5001));
        foreach (var size in new[] { 1, 2, 33, 500, 1280, 1340 })
        {
            socket.SetRawSocketOption(UdpLevel, UdpSegment, BitConverter.GetBytes(size));
            var sent = Noise(_random.Next(size + 1, Math.Min(64 * size, 60_000)));
            socket.Send(sent);
            CheckDatagrams(sent, size, mayBeCut: extension);
        }
    }

    [Fact]
    public void Behind_the_kernels_routing_header_every_checksum_is_right()
    {
        // A segment routing header (RFC 8754) of two: by way of host 5 to host 1.
        var header = new byte[40];
        header[1] = 4;
        header[2] = 4;
        header[3] = header[4] = 1;
        TunEnd.Address(true, 5, 0).Address.GetAddressBytes().CopyTo(header, 24);
        using var socket = _tun.Open(ipv6: true, tcp: false);
        socket.SetRawSocketOption(IPv6Level, IPv6RoutingHeader, header);
        socket.SetRawSocketOption(UdpLevel, UdpSegment, BitConverter.GetBytes(1200));
        socket.Connect(TunEnd.Address(true, 1, 5001));
        var sent = Noise(5000);
        socket.Send(sent);
        CheckDatagrams(sent, 1200, mayBeCut: true, finalHost: 1);

        using var tcp = TunTcp.Accept(_tun, true, connecting => connecting.SetRawSocketOption(IPv6Level, IPv6DestinationOptions, DestinationOptions));
        tcp.Socket.SetRawSocketOption(IPv6Level, IPv6RoutingHeader, header);
        tcp.Socket.Send(sent);
        var superPackets = 0;
        for (var at = 0; at < sent.Length;)
        {
            var (before, packet) = _tun.Read();
            superPackets += before.SegmentSize > 0 ? 1 : 0;
            foreach (var segment in SuperPacketTests.Cut(before, packet))
            {
                var (transport, _) = TunTcp.Locate(segment);
                TunTcp.CheckSegment(segment, transport, finalHost: 1);
                at += segment.Length - transport - ((segment[transport + 12] >> 4) * 4);
            }
        }

        Assert.True(superPackets > 0, "the kernel cut it itself");
    }

    [Fact]
    public void The_kernel_takes_whatever_is_joined_of_whatever_came()
    {
        // A peer must not be able to make the kernel refuse a joined packet: joining would be given up.
        var traffic = new TestTraffic(7);
        for (var round = 0; round < 300; round++)
            _tun.Write(traffic.Make(_random.Next(1, 300), _random.Next(1, 9), mischief: round % 3));
    }

    private static byte[] DestinationOptions => [0, 0, 1, 4, 0, 0, 0, 0];

    private static void SetDestinationOptions(Socket socket) => socket.SetRawSocketOption(IPv6Level, IPv6DestinationOptions, DestinationOptions);

    // A newer kernel cuts UDP with extension headers itself.
    private void CheckDatagrams(byte[] sent, int size, bool mayBeCut, byte? finalHost = null)
    {
        var received = new List<byte>();
        var largest = 0;
        while (received.Count < sent.Length)
        {
            var (header, packet) = _tun.Read();
            var segments = SuperPacketTests.Cut(header, packet);
            largest = Math.Max(largest, segments.Length);
            foreach (var segment in segments)
            {
                var (transport, protocol) = TunTcp.Locate(segment);
                Assert.Equal(TestPacket.Udp, protocol);
                TunTcp.CheckSegment(segment, transport, finalHost);
                Assert.Equal(segment.Length - transport, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(transport + 4)));
                var payload = segment[(transport + 8)..];
                Assert.Equal(Math.Min(size, sent.Length - received.Count), payload.Length);
                received.AddRange(payload);
            }
        }

        Assert.Equal(sent, received);
        Assert.True(largest > 1 || mayBeCut, "the kernel cut it itself");
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
