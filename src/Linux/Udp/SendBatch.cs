using System;
using System.Buffers.Binary;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Udp;

/// <summary>
/// Datagrams gathered for <see cref="UdpSocket.Send"/>, one behind the other in one buffer. A message is one datagram or, where the socket
/// has <see cref="UdpOffloads.Segmentation"/>, several to one destination, all of one size but the last, which may be shorter.
/// </summary>
/// <remarks>Owned by one thread. Write a datagram into <see cref="Space"/>, then <see cref="Add"/> it, or, to the same destination as the one
/// before and where <see cref="MayJoin"/> says so, <see cref="Join"/> it to that. Or first add or join and then write, at <see cref="Used"/> as it was.</remarks>
public sealed unsafe class SendBatch : IDisposable
{
    /// <summary>Datagrams of one message at most: UDP_MAX_SEGMENTS of the kernel's include/linux/udp.h was 64 until Linux 6.9, 128 since.</summary>
    public const int MostSegments = 64;

    /// <summary>Bytes of one message at most: what an IPv4 packet's length field leaves behind its header and UDP's.</summary>
    public const int LongestMessage = 65535 - 20 - 8;

    private readonly MessageBlock _block;
    private readonly MessageBlock _single = new(MostSegments);
    private readonly int[] _segments;
    private readonly int[] _sizes;

    /// <summary>Makes room for <paramref name="capacity"/> messages and <paramref name="bytes"/> bytes of datagrams.</summary>
    public SendBatch(int capacity, int bytes)
    {
        _block = new MessageBlock(capacity);
        _segments = new int[capacity];
        _sizes = new int[capacity];
        Buffer = new NativeBuffer(bytes);
    }

    /// <summary>How many messages fit.</summary>
    public int Capacity => _block.Capacity;

    /// <summary>How many messages there are since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no message fits any more.</summary>
    public bool IsFull => Count == _block.Capacity;

    /// <summary>What the datagrams lie in.</summary>
    public NativeBuffer Buffer { get; }

    /// <summary>Bytes of all datagrams.</summary>
    public int Used { get; private set; }

    /// <summary>Where the next datagram is written.</summary>
    public Span<byte> Space => Buffer.Span[Used..];

    /// <summary>Takes the first <paramref name="length"/> bytes of <see cref="Space"/> as a message of one datagram.</summary>
    /// <param name="length">0 up to what <see cref="Space"/> has.</param>
    /// <param name="address">Destination: 4 or 16 bytes, of the socket's family.</param>
    /// <param name="port">Destination port.</param>
    /// <param name="scopeId">Interface of a link-local IPv6 destination, else 0.</param>
    /// <param name="localAddress">Address to leave from, of the same family; empty: the kernel's choice.</param>
    /// <param name="interfaceIndex">Interface to leave by; 0: the routing table's choice.</param>
    public void Add(
        int length, ReadOnlySpan<byte> address, ushort port, uint scopeId, ReadOnlySpan<byte> localAddress, int interfaceIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Buffer.Length - Used));
        if (address.Length is not (4 or 16)) throw new ArgumentException("An address has 4 or 16 bytes.", nameof(address));
        if (localAddress.Length != 0 && localAddress.Length != address.Length)
            throw new ArgumentException("Of another family than the destination.", nameof(localAddress));

        // SAFETY: Header, Name and Control check the index; their areas are larger than what is written. The iovec stays inside the buffer.
        mmsghdr* message = _block.Header(Count);
        byte* name = _block.Name(Count);
        ushort networkPort = BinaryPrimitives.ReverseEndianness(port);
        if (address.Length == 4)
        {
            message->msg_hdr.msg_namelen = (uint)sizeof(sockaddr_in);
            *(sockaddr_in*)name = new sockaddr_in { sin_family = SysSocket.AF_INET, sin_port = networkPort };
            address.CopyTo(new Span<byte>(&((sockaddr_in*)name)->sin_addr, 4));
        }
        else
        {
            message->msg_hdr.msg_namelen = (uint)sizeof(sockaddr_in6);
            *(sockaddr_in6*)name = new sockaddr_in6
            {
                sin6_family = SysSocket.AF_INET6, sin6_port = networkPort, sin6_scope_id = scopeId,
            };
            address.CopyTo(new Span<byte>(&((sockaddr_in6*)name)->sin6_addr, 16));
        }

        iovec* piece = _block.Piece(Count);
        piece->iov_base = (byte*)Buffer.Address + Used;
        piece->iov_len = (nuint)length;
        message->msg_hdr.msg_controllen = localAddress.Length == 0 && interfaceIndex == 0
            ? 0
            : (nuint)WritePacketInfo(_block.Control(Count), address.Length == 16, localAddress, interfaceIndex);
        _segments[Count] = 1;
        _sizes[Count] = length;
        Used += length;
        Count++;
    }

    /// <summary>Whether a datagram of <paramref name="length"/> bytes may go into the last message, if it has the same destination.</summary>
    public bool MayJoin(int length)
    {
        if (Count == 0) return false;
        int last = Count - 1;
        int bytes = Length(last);
        return length > 0 && length <= _sizes[last] && _segments[last] < MostSegments && bytes + length <= LongestMessage
            && bytes == _segments[last] * _sizes[last];
    }

    /// <summary>Takes the first <paramref name="length"/> bytes of <see cref="Space"/> as one more datagram of the last message.</summary>
    /// <exception cref="InvalidOperationException"><see cref="MayJoin"/> is false.</exception>
    public void Join(int length)
    {
        if (!MayJoin(length)) throw new InvalidOperationException("the datagram does not fit the last message");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Buffer.Length - Used);

        // SAFETY: the iovec grows into what was just checked to be inside the buffer.
        _block.Piece(Count - 1)->iov_len += (nuint)length;
        _segments[Count - 1]++;
        Used += length;
    }

    /// <summary>Bytes of message <paramref name="i"/>.</summary>
    public int Length(int i) => (int)Added(i)->msg_hdr.msg_iov->iov_len;

    /// <summary>How many datagrams message <paramref name="i"/> has.</summary>
    public int Segments(int i)
    {
        _ = Added(i);
        return _segments[i];
    }

    /// <summary>Bytes of each datagram of message <paramref name="i"/> but the last.</summary>
    public int SegmentSize(int i)
    {
        _ = Added(i);
        return _sizes[i];
    }

    /// <summary>The bytes of message <paramref name="i"/>.</summary>
    // SAFETY: Add and Join keep the iovec inside the buffer.
    public ReadOnlySpan<byte> Datagram(int i) => new(Added(i)->msg_hdr.msg_iov->iov_base, Length(i));

    /// <summary>Whether message <paramref name="i"/> asks for a local address or interface.</summary>
    public bool HasLocal(int i) => Added(i)->msg_hdr.msg_controllen != 0;

    /// <summary>Leaves the local address of message <paramref name="i"/> to the kernel, after <see cref="SendError.IsStaleSource"/>.</summary>
    public void ForgetLocal(int i) => Added(i)->msg_hdr.msg_controllen = 0;

    /// <summary>Empties the batch for the next use.</summary>
    public void Clear()
    {
        Count = 0;
        Used = 0;
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        _block.Dispose();
        _single.Dispose();
        Buffer.Dispose();
    }

    /// <summary>The headers from message <paramref name="from"/> on, those of several datagrams with their segment size beside them.</summary>
    /// <param name="from">The first.</param>
    /// <param name="until">Behind the last.</param>
    internal mmsghdr* Seal(int from, int until)
    {
        for (int i = from; i < until; i++)
        {
            if (_segments[i] > 1) WriteSegmentSize(i);
        }

        return Added(from);
    }

    /// <summary>Takes the segment sizes away again: what is left beside each message is its local address.</summary>
    internal void Unseal(int from, int until)
    {
        for (int i = from; i < until; i++)
        {
            if (_segments[i] > 1) _block.Header(i)->msg_hdr.msg_controllen -= SegmentControlSize;
        }
    }

    /// <summary>Headers for the datagrams of message <paramref name="i"/>, one each, from datagram <paramref name="from"/> on.</summary>
    internal mmsghdr* Split(int i, int from, out int count)
    {
        mmsghdr* message = Added(i);
        int length = Length(i);
        count = _segments[i] - from;
        for (int k = 0; k < count; k++)
        {
            // SAFETY: a message has at most MostSegments datagrams, and they lie inside its iovec.
            int start = (from + k) * _sizes[i];
            mmsghdr* single = _single.Header(k);
            single->msg_hdr.msg_name = message->msg_hdr.msg_name;
            single->msg_hdr.msg_namelen = message->msg_hdr.msg_namelen;
            single->msg_hdr.msg_control = message->msg_hdr.msg_control;
            single->msg_hdr.msg_controllen = message->msg_hdr.msg_controllen;
            iovec* piece = _single.Piece(k);
            piece->iov_base = (byte*)message->msg_hdr.msg_iov->iov_base + start;
            piece->iov_len = (nuint)Math.Min(_sizes[i], length - start);
        }

        return _single.Header(0);
    }

    // CMSG_SPACE(sizeof(uint16_t)) of cmsg(3).
    private const int SegmentControlSize = MessageBlock.ControlHeaderSize + 8;

    private void WriteSegmentSize(int i)
    {
        // SAFETY: packet info takes 40 bytes at most, this 24; the control area has 128.
        mmsghdr* message = _block.Header(i);
        byte* control = _block.Control(i) + message->msg_hdr.msg_controllen;
        var header = (cmsghdr*)control;
        header->cmsg_level = NetinetUdp.SOL_UDP;
        header->cmsg_type = NetinetUdp.UDP_SEGMENT;
        header->cmsg_len = MessageBlock.ControlHeaderSize + sizeof(ushort);
        *(ushort*)(control + MessageBlock.ControlHeaderSize) = (ushort)_sizes[i];
        message->msg_hdr.msg_controllen += SegmentControlSize;
    }

    private static int WritePacketInfo(byte* control, bool ipv6, ReadOnlySpan<byte> local, int interfaceIndex)
    {
        // SAFETY: the larger of the two is 16 + 20 bytes, padded to 40; the control area has 128.
        var header = (cmsghdr*)control;
        if (!ipv6)
        {
            var info = new in_pktinfo { ipi_ifindex = interfaceIndex };
            local.CopyTo(new Span<byte>(&info.ipi_spec_dst, 4));
            *(in_pktinfo*)(control + MessageBlock.ControlHeaderSize) = info;
            header->cmsg_level = NetinetIn.IPPROTO_IP;
            header->cmsg_type = NetinetIn.IP_PKTINFO;
            header->cmsg_len = (nuint)(MessageBlock.ControlHeaderSize + sizeof(in_pktinfo));
            return 32;
        }

        var info6 = new in6_pktinfo { ipi6_ifindex = (uint)interfaceIndex };
        local.CopyTo(new Span<byte>(&info6.ipi6_addr, 16));
        *(in6_pktinfo*)(control + MessageBlock.ControlHeaderSize) = info6;
        header->cmsg_level = NetinetIn.IPPROTO_IPV6;
        header->cmsg_type = NetinetIn.IPV6_PKTINFO;
        header->cmsg_len = (nuint)(MessageBlock.ControlHeaderSize + sizeof(in6_pktinfo));
        return 40;
    }

    private mmsghdr* Added(int i)
    {
        if ((uint)i >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(i));
        return _block.Header(i);
    }
}
