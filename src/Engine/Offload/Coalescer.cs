using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Warren.Linux.Tun;

namespace Warren.Engine.Offload;

/// <summary>
/// Joins neighbouring segments of TCP and datagrams of UDP that came out of a tunnel into super-packets for a TUN, by the rules of the
/// kernel's GRO (tcp_gro_receive, udp_gro_receive, inet_gro_receive): what is joined can be cut again into the very same packets, but for the
/// identification of those that may not be fragmented, which says nothing (the kernel wants it fixed or counting, too).
/// A checksum is verified before it is replaced by one that the kernel makes anew: a broken packet stays alone and broken. No I/O, and no byte
/// of payload is moved: a joined packet is a list of pieces.
/// </summary>
/// <remarks>
/// One thread's. <see cref="Add"/> packets of one buffer in the order they came, take the <see cref="Count"/> results in theirs, and
/// <see cref="Clear"/>. Packets of one flow (addresses, protocol, ports) keep their order; so do packets with no flow to be seen and all others.
/// </remarks>
internal sealed class Coalescer
{
    /// <summary>Runs that may be open at once; with one more flow the oldest is closed.</summary>
    private const int MostOpen = 8;

    /// <summary>The longest IP packet.</summary>
    private const int LongestPacket = 65535;

    /// <summary>UDP_GRO_CNT_MAX of the kernel's net/ipv4/udp_offload.c.</summary>
    private const int MostDatagrams = 64;

    /// <summary>Pieces of one write at most, one for the header left: UIO_MAXIOV less a few.</summary>
    private const int MostSegments = 1000;

    private readonly bool _tcp;
    private readonly bool _udp;
    private readonly int[] _offsets;
    private readonly int[] _lengths;
    private readonly int[] _nexts;
    private readonly Run[] _runs;
    private readonly int[] _open = new int[MostOpen];
    private int _packets;
    private int _openCount;

    /// <param name="capacity">Packets at most between two <see cref="Clear"/>.</param>
    /// <param name="offloads">What the TUN takes: <see cref="TunOffloads.Tcp"/>, <see cref="TunOffloads.Udp"/>.</param>
    public Coalescer(int capacity, TunOffloads offloads)
    {
        Offloads = offloads;
        _tcp = offloads.HasFlag(TunOffloads.Tcp);
        _udp = offloads.HasFlag(TunOffloads.Udp);
        _offsets = new int[capacity];
        _lengths = new int[capacity];
        _nexts = new int[capacity];
        _runs = new Run[capacity];
    }

    /// <summary>What it was made for.</summary>
    public TunOffloads Offloads { get; }

    /// <summary>How many packets to write there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a packet.</summary>
    /// <param name="buffer">Where it stands; the same for all.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length as its own header says.</param>
    public void Add(ReadOnlySpan<byte> buffer, int offset, int length)
    {
        var index = _packets++;
        _offsets[index] = offset;
        _lengths[index] = length;
        _nexts[index] = -1;
        var packet = buffer.Slice(offset, length);
        var candidate = new Run { First = index, Last = index, Segments = 1 };
        if (!Classify(packet, ref candidate))
        {
            // Perhaps of a flow that is open, as a fragment is: it must not be overtaken.
            _openCount = 0;
            _runs[Count++] = candidate;
            return;
        }

        for (var i = _openCount - 1; i >= 0; i--)
        {
            ref var run = ref _runs[_open[i]];
            if (!SameFlow(buffer[_offsets[run.First]..], packet, run, candidate))
                continue;
            if (MayJoin(buffer, ref run, packet, candidate))
            {
                Join(ref run, index, packet, candidate);
                if (run.IsClosed)
                    Close(i);
                return;
            }

            Close(i);
            break;
        }

        Open(candidate);
    }

    /// <summary>
    /// Makes result <paramref name="i"/> ready to be written: patches the headers of its first packet, in the buffer, for the whole, and says
    /// what stands before it.
    /// </summary>
    public VirtioNetHeader Finish(Span<byte> buffer, int i)
    {
        ref var run = ref _runs[i];
        if (run.Segments == 1)
            return default;
        var header = buffer.Slice(_offsets[run.First], run.HeaderLength);
        var total = run.HeaderLength + run.PayloadLength;
        if (run.IsIPv6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(total - TransportHeader.IPv6Length));
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)total);
            InternetChecksum.Write(header[10..], 0);
            InternetChecksum.Write(header[10..], (ushort)~InternetChecksum.Fold(InternetChecksum.Add(0, header[..run.Transport])));
        }

        var transport = header[run.Transport..];
        var isTcp = run.Protocol == TransportHeader.Tcp;
        if (isTcp)
            transport[13] |= run.LastFlags;
        else
            BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)(total - run.Transport));
        var field = isTcp ? TransportHeader.TcpChecksum : TransportHeader.UdpChecksum;
        var sum = InternetChecksum.AddPseudoHeader(AddressSum(header, run.IsIPv6), run.Protocol, total - run.Transport);
        InternetChecksum.Write(transport[field..], InternetChecksum.Fold(sum));
        var segmentation = isTcp ? run.IsIPv6 ? VirtioSegmentation.Tcp6 : VirtioSegmentation.Tcp4 : VirtioSegmentation.Udp;
        return new VirtioNetHeader(
            NeedsChecksum: true, segmentation, (ushort)run.HeaderLength, (ushort)run.SegmentSize, (ushort)run.Transport, (ushort)field);
    }

    /// <summary>How many packets result <paramref name="i"/> is of.</summary>
    public int Segments(int i) => _runs[i].Segments;

    /// <summary>The first packet of result <paramref name="i"/>: written whole.</summary>
    public int First(int i) => _runs[i].First;

    /// <summary>The packet after this one in the same result, of which the payload alone is written; -1 at the end.</summary>
    public int Next(int packet) => _nexts[packet];

    /// <summary>Where a packet begins.</summary>
    public int Offset(int packet) => _offsets[packet];

    /// <summary>A packet's length.</summary>
    public int Length(int packet) => _lengths[packet];

    /// <summary>Bytes of headers of each packet of result <paramref name="i"/>.</summary>
    public int HeaderLength(int i) => _runs[i].HeaderLength;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _packets = 0;
        _openCount = 0;
        Count = 0;
    }

    // Whether the packet belongs to a flow that could be joined; then fills the run with what later ones are compared to.
    private bool Classify(ReadOnlySpan<byte> packet, ref Run run)
    {
        if (packet.Length < TransportHeader.IPv4Length)
            return false;
        if (packet[0] == 0x45)
        {
            // Neither a fragment nor with the reserved bit: only DF may be set.
            if ((BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0xbfff) != 0)
                return false;
            run.Protocol = packet[9];
            run.Transport = TransportHeader.IPv4Length;
        }
        else if (packet[0] >> 4 == 6 && packet.Length >= TransportHeader.IPv6Length)
        {
            run.IsIPv6 = true;
            run.Protocol = packet[6];
            run.Transport = TransportHeader.IPv6Length;
        }
        else
        {
            return false;
        }

        switch (run.Protocol)
        {
            case TransportHeader.Tcp when _tcp:
                return ClassifyTcp(packet, ref run);
            case TransportHeader.Udp when _udp:
                return ClassifyUdp(packet, ref run);
            case TransportHeader.Tcp or TransportHeader.Udp or TransportHeader.Icmp or TransportHeader.Icmp6:
                run.IsAlone = run.IsClosed = true;
                return true;
            default:
                return false; // Perhaps an extension header with one of those behind it.
        }
    }

    private static bool ClassifyTcp(ReadOnlySpan<byte> packet, ref Run run)
    {
        var transport = packet[run.Transport..];
        if (transport.Length < TransportHeader.TcpLength)
            return false;
        var header = (transport[12] >> 4) * 4;
        if (header < TransportHeader.TcpLength || header > transport.Length)
            return false;
        const byte Alone = TransportHeader.Syn | TransportHeader.Rst | TransportHeader.Urg | TransportHeader.Cwr;
        const byte Last = TransportHeader.Psh | TransportHeader.Fin;
        run.HeaderLength = run.Transport + header;
        run.SegmentSize = run.PayloadLength = packet.Length - run.HeaderLength;
        run.Sequence = BinaryPrimitives.ReadUInt32BigEndian(transport[4..]);
        run.LastFlags = (byte)(transport[13] & Last);
        run.IsAlone = run.PayloadLength == 0 || (transport[13] & Alone) != 0;
        run.IsClosed = run.IsAlone || run.LastFlags != 0;
        return true;
    }

    private static bool ClassifyUdp(ReadOnlySpan<byte> packet, ref Run run)
    {
        var transport = packet[run.Transport..];
        if (transport.Length < TransportHeader.UdpLength)
            return false;
        run.HeaderLength = run.Transport + TransportHeader.UdpLength;
        run.SegmentSize = run.PayloadLength = packet.Length - run.HeaderLength;

        // Without a checksum there is none to verify, and the kernel would make one.
        run.IsAlone = run.IsClosed = run.PayloadLength == 0
            || BinaryPrimitives.ReadUInt16BigEndian(transport[4..]) != transport.Length
            || BinaryPrimitives.ReadUInt16BigEndian(transport[TransportHeader.UdpChecksum..]) == 0;
        return true;
    }

    // Addresses and ports stand side by side, in both families.
    private static bool SameFlow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> packet, in Run run, in Run candidate)
    {
        if (run.Protocol != candidate.Protocol || run.IsIPv6 != candidate.IsIPv6)
            return false;
        return run.IsIPv6 ? first.Slice(8, 36).SequenceEqual(packet.Slice(8, 36)) : first.Slice(12, 12).SequenceEqual(packet.Slice(12, 12));
    }

    private bool MayJoin(ReadOnlySpan<byte> buffer, ref Run run, ReadOnlySpan<byte> packet, in Run candidate)
    {
        if (candidate.IsAlone || candidate.PayloadLength > run.SegmentSize || candidate.HeaderLength != run.HeaderLength
            || run.HeaderLength + run.PayloadLength + candidate.PayloadLength > LongestPacket
            || run.Segments >= (run.Protocol == TransportHeader.Tcp ? MostSegments : MostDatagrams))
            return false;
        var first = buffer.Slice(_offsets[run.First], _lengths[run.First]);
        if (!SameNetworkHeader(first, packet, run) || (run.Protocol == TransportHeader.Tcp && !SameTcpHeader(first, packet, run, candidate)))
            return false;
        if (!run.IsVerified)
        {
            run.IsVerified = Verify(first, run);
            if (!run.IsVerified)
                return false;
        }

        return Verify(packet, candidate);
    }

    private static bool SameNetworkHeader(ReadOnlySpan<byte> first, ReadOnlySpan<byte> packet, in Run run)
    {
        // Traffic class (ECN included) and flow label; hop limit.
        if (run.IsIPv6)
            return MemoryMarshal.Read<uint>(first) == MemoryMarshal.Read<uint>(packet) && first[7] == packet[7];
        if (first[1] != packet[1] || first[8] != packet[8] || first[6] != packet[6])
            return false;

        // RFC 6864: the identification of a packet that may not be fragmented says nothing; any other's counts up when cut again.
        return (first[6] & 0x40) != 0
            || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == (ushort)(BinaryPrimitives.ReadUInt16BigEndian(first[4..]) + run.Segments);
    }

    private static bool SameTcpHeader(ReadOnlySpan<byte> first, ReadOnlySpan<byte> packet, in Run run, in Run candidate)
    {
        var left = first[run.Transport..run.HeaderLength];
        var right = packet[run.Transport..run.HeaderLength];

        // Acknowledgement; header length, flags but the last one's, window; urgent pointer; options.
        const uint Varying = TransportHeader.Psh | TransportHeader.Fin;
        var word = BinaryPrimitives.ReadUInt32BigEndian(left[12..]) ^ BinaryPrimitives.ReadUInt32BigEndian(right[12..]);
        return candidate.Sequence == run.Sequence + (uint)run.PayloadLength
            && MemoryMarshal.Read<uint>(left[8..]) == MemoryMarshal.Read<uint>(right[8..])
            && (word & ~(Varying << 16)) == 0
            && left[18..].SequenceEqual(right[18..]);
    }

    private static bool Verify(ReadOnlySpan<byte> packet, in Run run)
    {
        if (!run.IsIPv6 && InternetChecksum.Fold(InternetChecksum.Add(0, packet[..run.Transport])) != ushort.MaxValue)
            return false;
        var sum = InternetChecksum.AddPseudoHeader(AddressSum(packet, run.IsIPv6), run.Protocol, packet.Length - run.Transport);
        return InternetChecksum.Fold(InternetChecksum.Add(sum, packet[run.Transport..])) == ushort.MaxValue;
    }

    private static ulong AddressSum(ReadOnlySpan<byte> packet, bool ipv6) =>
        InternetChecksum.Add(0, ipv6 ? packet.Slice(8, 32) : packet.Slice(12, 8));

    private void Join(ref Run run, int index, ReadOnlySpan<byte> packet, in Run candidate)
    {
        _nexts[run.Last] = index;
        run.Last = index;
        run.Segments++;
        run.PayloadLength += candidate.PayloadLength;
        run.LastFlags = candidate.LastFlags;
        run.IsClosed = candidate.LastFlags != 0 || candidate.PayloadLength < run.SegmentSize;
    }

    private void Open(in Run run)
    {
        if (!run.IsClosed)
        {
            if (_openCount == MostOpen)
                Close(0);
            _open[_openCount++] = Count;
        }

        _runs[Count++] = run;
    }

    private void Close(int i)
    {
        _openCount--;
        Array.Copy(_open, i + 1, _open, i, _openCount - i);
    }

    /// <summary>A packet to write, in the making.</summary>
    private struct Run
    {
        public int First, Last, Segments;
        public int Transport, HeaderLength, SegmentSize, PayloadLength;
        public uint Sequence;
        public byte Protocol, LastFlags;
        public bool IsIPv6, IsAlone, IsClosed, IsVerified;
    }
}
