using System;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Udp;

/// <summary>
/// One native buffer laid out for recvmmsg and sendmmsg: per slot a header, its one iovec, a peer address, control messages, and the
/// datagram itself. Everything that points is set once.
/// </summary>
internal sealed unsafe class MessageBlock : IDisposable
{
    /// <summary>Room for packet info (40), a segment size (24) and a traffic class (24), rounded up.</summary>
    public const int ControlSize = 128;

    /// <summary>sizeof(cmsghdr): its payload starts behind it without padding on 64-bit machines.</summary>
    public const int ControlHeaderSize = 16;

    private const int NameSize = 28;
    private const int NameStride = 32;

    private readonly NativeBuffer _memory;
    private readonly int _iovecs, _names, _controls, _data;

    public MessageBlock(int capacity, int slotSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotSize);
        Capacity = capacity;
        SlotSize = slotSize;
        _iovecs = capacity * sizeof(mmsghdr);
        _names = _iovecs + (capacity * sizeof(iovec));
        _controls = _names + (capacity * NameStride);
        _data = (_controls + (capacity * ControlSize) + 63) & ~63;
        _memory = new NativeBuffer(checked(_data + (capacity * slotSize)));
        for (int i = 0; i < capacity; i++)
        {
            // SAFETY: every pointer stays inside `memory`, which lives as long as the headers in it.
            mmsghdr* message = Header(i);
            message->msg_hdr.msg_name = At(_names, i, NameStride);
            message->msg_hdr.msg_iov = (iovec*)At(_iovecs, i, sizeof(iovec));
            message->msg_hdr.msg_iovlen = 1;
            message->msg_hdr.msg_control = At(_controls, i, ControlSize);
            message->msg_hdr.msg_iov->iov_base = At(_data, i, slotSize);
            Rearm(i);
        }
    }

    public int Capacity { get; }

    public int SlotSize { get; }

    // SAFETY of the four below: `i` is checked against Capacity, so the pointer stays inside `memory`.
    public mmsghdr* Header(int i) => (mmsghdr*)At(0, i, sizeof(mmsghdr));

    public byte* Name(int i) => At(_names, i, NameStride);

    public byte* Control(int i) => At(_controls, i, ControlSize);

    public Span<byte> Slot(int i) => new(At(_data, i, SlotSize), SlotSize);

    /// <summary>Gives slot <paramref name="i"/> its full room again: the kernel writes the used lengths back.</summary>
    public void Rearm(int i)
    {
        // SAFETY: the header and its iovec are inside `memory`.
        mmsghdr* message = Header(i);
        message->msg_hdr.msg_namelen = NameSize;
        message->msg_hdr.msg_controllen = ControlSize;
        message->msg_hdr.msg_flags = 0;
        message->msg_hdr.msg_iov->iov_len = (nuint)SlotSize;
    }

    public void Dispose() => _memory.Dispose();

    private byte* At(int area, int i, int stride)
    {
        if ((uint)i >= (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(i));
        return (byte*)_memory.Address + area + ((nint)i * stride);
    }
}
