using System;
using BenchmarkDotNet.Attributes;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Bench.Micro;

/// <summary>Cutting and merging, per super-packet: headers and checksums alone, as payload is neither moved nor copied there.</summary>
public class OffloadBenchmarks
{
    private const int Mtu = 1420;
    private const int Longest = ushort.MaxValue;
    private const int TcpSegments = 46;
    private const int UdpDatagrams = 64;
    private const int DatagramPayload = 992;
    private const int DatagramLength = SuperPackets.UdpHeader + DatagramPayload;
    private const int SegmentPayload = Mtu - SuperPackets.TcpHeader;

    private readonly byte[] _super;
    private readonly VirtioNetHeader _superHeader;
    private readonly byte[] _headers = new byte[Longest];
    private readonly byte[] _segments;
    private readonly byte[] _firstSegment;
    private readonly byte[] _datagrams;
    private readonly byte[] _firstDatagram;
    private readonly Coalescer _coalescer = new(UdpDatagrams, TunOffloads.Tcp | TunOffloads.Udp);

    /// <summary>Makes the packets.</summary>
    public OffloadBenchmarks()
    {
        _super = SuperPackets.Tcp(Longest - SuperPackets.TcpHeader, SegmentPayload, out _superHeader);
        _segments = SuperPackets.Cut(SuperPackets.Tcp(TcpSegments * SegmentPayload, SegmentPayload, out var tcp), tcp, Mtu);
        _firstSegment = _segments[..SuperPackets.TcpHeader];
        _datagrams = SuperPackets.Cut(SuperPackets.Udp(UdpDatagrams * DatagramPayload, DatagramPayload, out var udp), udp, DatagramLength);
        _firstDatagram = _datagrams[..SuperPackets.UdpHeader];
    }

    /// <summary>The headers of the 48 segments of a TCP super-packet of 65,535 bytes.</summary>
    [Benchmark]
    public void CutTcp()
    {
        if (!SuperPacket.TryParse(_superHeader, _super, out var super))
            throw new InvalidOperationException("the super-packet does not parse");
        for (var i = 0; i < super.Count; i++)
            super.WriteHeader(i, _headers.AsSpan(i * super.HeaderLength));
    }

    /// <summary>46 TCP segments of 1,420 bytes become one packet.</summary>
    [Benchmark]
    public VirtioNetHeader MergeTcp() => Merge(_segments, _firstSegment, TcpSegments, Mtu);

    /// <summary>64 UDP datagrams of 1,020 bytes become one packet.</summary>
    [Benchmark]
    public VirtioNetHeader MergeUdp() => Merge(_datagrams, _firstDatagram, UdpDatagrams, DatagramLength);

    // Merging patches the first header: it is put back first.
    private VirtioNetHeader Merge(byte[] buffer, byte[] first, int packets, int length)
    {
        first.CopyTo(buffer, 0);
        for (var i = 0; i < packets; i++)
            _coalescer.Add(buffer, i * length, length);
        if (_coalescer.Count != 1)
            throw new InvalidOperationException("packets of one flow were not merged");
        var header = _coalescer.Finish(buffer, 0);
        _coalescer.Clear();
        return header;
    }
}
