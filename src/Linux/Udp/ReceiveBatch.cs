using System;
using System.Buffers.Binary;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Udp;

/// <summary>Slots that <see cref="UdpSocket.Receive"/> fills: messages, where they came from, and the local address they came to. A message
/// is a datagram, or, with <see cref="UdpOffloads.Receive"/>, several of one <see cref="SegmentSize"/>, the last perhaps shorter.</summary>
/// <remarks>Owned by one thread. Spans and addresses are valid until the next receive into this batch, or its end.</remarks>
public sealed unsafe class ReceiveBatch : IDisposable
{
    private readonly MessageBlock _block;
    private readonly int _slotSize;

    /// <summary>Makes <paramref name="capacity"/> slots of <paramref name="slotSize"/> bytes. Their pages take memory once they are written.</summary>
    public ReceiveBatch(int capacity, int slotSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotSize);
        _block = new MessageBlock(capacity);
        _slotSize = slotSize;
        Buffer = new NativeBuffer(checked(capacity * slotSize));
        for (int i = 0; i < capacity; i++)
        {
            // SAFETY: slot `i` is inside the buffer, which lives as long as the block.
            iovec* piece = _block.Piece(i);
            piece->iov_base = (byte*)Buffer.Address + Offset(i);
            piece->iov_len = (nuint)slotSize;
        }
    }

    /// <summary>What the messages lie in.</summary>
    public NativeBuffer Buffer { get; }

    /// <summary>How many slots there are.</summary>
    public int Capacity => _block.Capacity;

    /// <summary>How many the last receive filled.</summary>
    public int Count { get; private set; }

    /// <summary>Message <paramref name="i"/> as received; it may be changed in place.</summary>
    public Span<byte> Datagram(int i) => Buffer.Span.Slice(Offset(i), Length(i));

    /// <summary>Where in <see cref="Buffer"/> message <paramref name="i"/> begins.</summary>
    public int Offset(int i) => i * _slotSize;

    /// <summary>Bytes of message <paramref name="i"/>.</summary>
    // SAFETY: Received checks the index.
    public int Length(int i) => (int)Math.Min(Received(i)->msg_len, (uint)_slotSize);

    /// <summary>Bytes of each datagram in message <paramref name="i"/> but the last, which has what is left; the whole length when it is one datagram.</summary>
    public int SegmentSize(int i)
    {
        int length = Length(i);
        var control = new ReadOnlySpan<byte>(_block.Control(i), (int)Received(i)->msg_hdr.msg_controllen);
        while (ControlMessage.TryNext(ref control, out int level, out int type, out ReadOnlySpan<byte> payload))
        {
            if (level == NetinetUdp.SOL_UDP && type == NetinetUdp.UDP_GRO && payload.Length >= sizeof(int))
            {
                int size = BitConverter.ToInt32(payload);
                return size > 0 && size < length ? size : length;
            }
        }

        return length;
    }

    /// <summary>Whether message <paramref name="i"/> was larger than its slot and lost its end.</summary>
    public bool Truncated(int i) => (Received(i)->msg_hdr.msg_flags & SysSocket.MSG_TRUNC) != 0;

    /// <summary>Who sent message <paramref name="i"/>.</summary>
    /// <param name="i">Index below <see cref="Count"/>.</param>
    /// <param name="address16">Room for 16 bytes; the address is written at its start.</param>
    /// <param name="addressLength">4 or 16; 0 when the kernel named nobody.</param>
    /// <param name="port">Source port.</param>
    /// <param name="scopeId">Interface of a link-local IPv6 address, else 0.</param>
    public void GetSource(int i, Span<byte> address16, out int addressLength, out ushort port, out uint scopeId)
    {
        addressLength = 0;
        port = 0;
        scopeId = 0;
        if (Received(i)->msg_hdr.msg_namelen == 0) return;

        // SAFETY: the name area is 32 bytes, larger than either structure.
        byte* name = _block.Name(i);
        switch (((sockaddr_in*)name)->sin_family)
        {
            case SysSocket.AF_INET:
                addressLength = 4;
                port = BinaryPrimitives.ReverseEndianness(((sockaddr_in*)name)->sin_port);
                new ReadOnlySpan<byte>(&((sockaddr_in*)name)->sin_addr, 4).CopyTo(address16);
                break;
            case SysSocket.AF_INET6:
                addressLength = 16;
                port = BinaryPrimitives.ReverseEndianness(((sockaddr_in6*)name)->sin6_port);
                scopeId = ((sockaddr_in6*)name)->sin6_scope_id;
                new ReadOnlySpan<byte>(&((sockaddr_in6*)name)->sin6_addr, 16).CopyTo(address16);
                break;
        }
    }

    /// <summary>Which local address message <paramref name="i"/> came to, and by which interface: what an answer should leave from.</summary>
    /// <param name="i">Index below <see cref="Count"/>.</param>
    /// <param name="address16">Room for 16 bytes; the address is written at its start.</param>
    /// <param name="addressLength">4 or 16; 0 when the kernel did not say.</param>
    /// <param name="interfaceIndex">Index of the interface, or 0.</param>
    public void GetLocal(int i, Span<byte> address16, out int addressLength, out int interfaceIndex)
    {
        addressLength = 0;
        interfaceIndex = 0;
        var control = new ReadOnlySpan<byte>(_block.Control(i), (int)Received(i)->msg_hdr.msg_controllen);
        while (ControlMessage.TryNext(ref control, out int level, out int type, out ReadOnlySpan<byte> payload))
        {
            if (level == NetinetIn.IPPROTO_IP && type == NetinetIn.IP_PKTINFO && payload.Length >= sizeof(in_pktinfo))
            {
                // spec_dst, not addr: for a broadcast it is the address to answer from (ip(7)).
                addressLength = 4;
                interfaceIndex = BitConverter.ToInt32(payload);
                payload.Slice(4, 4).CopyTo(address16);
                return;
            }

            if (level == NetinetIn.IPPROTO_IPV6 && type == NetinetIn.IPV6_PKTINFO && payload.Length >= sizeof(in6_pktinfo))
            {
                addressLength = 16;
                interfaceIndex = BitConverter.ToInt32(payload[16..]);
                payload[..16].CopyTo(address16);
                return;
            }
        }
    }

    /// <summary>Frees the slots.</summary>
    public void Dispose()
    {
        _block.Dispose();
        Buffer.Dispose();
    }

    /// <summary>The headers, used ones made whole again for the next receive.</summary>
    internal mmsghdr* Rearm()
    {
        for (int i = 0; i < Count; i++) _block.Rearm(i);
        Count = 0;
        return _block.Header(0);
    }

    internal void Filled(int count) => Count = count;

    private mmsghdr* Received(int i)
    {
        if ((uint)i >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(i));
        return _block.Header(i);
    }
}
