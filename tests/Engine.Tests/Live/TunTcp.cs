using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;
using Warren.Engine.Tests.Offload;

namespace Warren.Engine.Tests.Live;

/// <summary>The test's end of a TCP connection over a <see cref="TunEnd"/>: just enough of TCP for a wire that loses nothing.</summary>
internal sealed class TunTcp : IDisposable
{
    private const int Port = 5001;

    private readonly TunEnd _tun;
    private readonly MemoryStream _received = new();
    private TestPacket _next;

    private TunTcp(TunEnd tun, TestPacket next)
    {
        _tun = tun;
        _next = next;
    }

    /// <summary>The kernel's end.</summary>
    public required Socket Socket { get; init; }

    /// <summary>Everything received in order.</summary>
    public byte[] Received => _received.ToArray();

    /// <summary>Super-packets that the kernel gave.</summary>
    public int SuperPackets { get; private set; }

    /// <summary>Segments with CWR, and segments behind them of the same super-packet.</summary>
    public (int First, int Behind) Cwr { get; private set; }

    /// <summary>What further acknowledgements say, too.</summary>
    public byte AcknowledgeWith { get; set; }

    /// <summary>The kernel connects to the test.</summary>
    public static TunTcp Accept(TunEnd tun, bool ipv6, Action<Socket>? prepare = null)
    {
        var socket = tun.Open(ipv6, tcp: true);
        prepare?.Invoke(socket);
        var connecting = Task.Run(() => socket.Connect(TunEnd.Address(ipv6, 1, Port)));
        var (_, packet) = tun.Read();
        var (transport, _) = Locate(packet);
        Assert.Equal(TestPacket.Syn, packet[transport + 13] & TestPacket.Syn);
        var answer = new TestPacket
        {
            IsIPv6 = ipv6,
            Hosts = (1, 2),
            Ports = (Port, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(transport))),
            Sequence = uint.MaxValue - 10_000,
            Acknowledgement = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(transport + 4)) + 1,
            Window = 65535,
            Flags = (byte)(TestPacket.Syn | TestPacket.Ack | (packet[transport + 13] & TestPacket.Ece)),
            TcpOptions = [2, 4, 1340 >> 8, 1340 & 255, 1, 3, 3, 4],
        };
        tun.Write([answer.ToBytes()]);
        Assert.True(connecting.Wait(TimeSpan.FromSeconds(5)));
        return new TunTcp(tun, answer with { Sequence = answer.Sequence + 1, Flags = TestPacket.Ack, TcpOptions = [] }) { Socket = socket };
    }

    /// <summary>Reads one packet of the kernel's, checks every segment of it, and acknowledges.</summary>
    public void Receive()
    {
        var (header, packet) = _tun.Read();
        var segments = SuperPacketTests.Cut(header, packet);
        SuperPackets += segments.Length > 1 ? 1 : 0;
        var isCwr = false;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            var (transport, protocol) = Locate(segment);
            Assert.Equal(TestPacket.Tcp, protocol);
            Assert.InRange(segment.Length, 1, TunEnd.Mtu);
            CheckSegment(segment, transport);
            var tcp = segment.AsSpan(transport);
            if (i > 0)
                Assert.Equal(0, tcp[13] & TestPacket.Cwr);
            isCwr |= (tcp[13] & TestPacket.Cwr) != 0;
            var payload = tcp[((tcp[12] >> 4) * 4)..];
            if (BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]) != _next.Acknowledgement)
                continue; // Sent again.
            _received.Write(payload);
            _next = _next with { Acknowledgement = _next.Acknowledgement + (uint)payload.Length };
        }

        if (isCwr)
            Cwr = (Cwr.First + 1, Cwr.Behind + segments.Length - 1);
        _tun.Write([(_next with { Flags = (byte)(TestPacket.Ack | AcknowledgeWith) }).ToBytes()]);
    }

    /// <summary>Sends segments of one size, joined; the last says PSH.</summary>
    public int Send(ReadOnlySpan<byte> bytes, int segment)
    {
        var packets = new List<byte[]>();
        while (bytes.Length > 0)
        {
            var payload = bytes[..Math.Min(segment, bytes.Length)].ToArray();
            bytes = bytes[payload.Length..];
            packets.Add((_next with { Payload = payload, Flags = (byte)(TestPacket.Ack | (bytes.Length == 0 ? TestPacket.Psh : 0)) }).ToBytes());
            _next = _next with { Sequence = _next.Sequence + (uint)payload.Length, Id = (ushort)(_next.Id + 1) };
        }

        return _tun.Write(packets);
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>Where the transport header of a packet begins, and its protocol.</summary>
    public static (int Transport, byte Protocol) Locate(ReadOnlySpan<byte> packet)
    {
        if (packet[0] >> 4 == 4)
            return ((packet[0] & 15) * 4, packet[9]);
        var transport = 40;
        var protocol = packet[6];
        while (protocol is 0 or 43 or 60)
        {
            protocol = packet[transport];
            transport += 8 + (8 * packet[transport + 1]);
        }

        return (transport, protocol);
    }

    /// <summary>Lengths and checksums of a packet on its way out.</summary>
    public static void CheckSegment(byte[] packet, int transport, byte? finalHost = null)
    {
        if (packet[0] >> 4 == 4)
        {
            Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)));
            Assert.Equal(0xffff, NaiveChecksum.Sum(packet.AsSpan(0, transport)));
        }
        else
        {
            Assert.Equal(packet.Length - 40, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)));
        }

        byte[] judged = [.. packet];
        if (finalHost is { } host)
            judged[39] = host;
        Assert.True(NaiveChecksum.IsTransportValid(judged, transport, Locate(packet).Protocol), "a wrong checksum");
    }
}
