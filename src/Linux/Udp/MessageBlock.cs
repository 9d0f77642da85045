using System;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Udp;

/// <summary>
/// What recvmmsg and sendmmsg are told, in one native buffer: per message a header, its one iovec, a peer address and control messages.
/// The datagrams are elsewhere. Everything that points inside is set once.
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
    private readonly int _iovecs, _names, _controls;

    public MessageBlock(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        _iovecs = capacity * sizeof(mmsghdr);
        _names = _iovecs + (capacity * sizeof(iovec));
        _controls = _names + (capacity * NameStride);
        _memory = new NativeBuffer(checked(_controls + (capacity * ControlSize)));
        for (int i = 0; i < capacity; i++)
        {
            // SAFETY: every pointer stays inside `memory`, which lives as long as the headers in it.
            mmsghdr* message = Header(i);
            message->msg_hdr.msg_name = Name(i);
            message->msg_hdr.msg_iov = Piece(i);
            message->msg_hdr.msg_iovlen = 1;
            message->msg_hdr.msg_control = Control(i);
            Rearm(i);
        }
    }

    public int Capacity { get; }

    // SAFETY of the four below: `i` is checked against Capacity, so the pointer stays inside `memory`.
    public mmsghdr* Header(int i) => (mmsghdr*)At(0, i, sizeof(mmsghdr));

    public iovec* Piece(int i) => (iovec*)At(_iovecs, i, sizeof(iovec));

    public byte* Name(int i) => At(_names, i, NameStride);

    public byte* Control(int i) => At(_controls, i, ControlSize);

    /// <summary>Gives message <paramref name="i"/> the full room for address and control again: the kernel writes the used lengths back.</summary>
    public void Rearm(int i)
    {
        // SAFETY: the header is inside `memory`.
        mmsghdr* message = Header(i);
        message->msg_hdr.msg_namelen = NameSize;
        message->msg_hdr.msg_controllen = ControlSize;
        message->msg_hdr.msg_flags = 0;
    }

    public void Dispose() => _memory.Dispose();

    private byte* At(int area, int i, int stride)
    {
        if ((uint)i >= (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(i));
        return (byte*)_memory.Address + area + ((nint)i * stride);
    }
}
