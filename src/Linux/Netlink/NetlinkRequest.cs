using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>Builds one request: the netlink header, the family's fixed structure, then attributes.</summary>
internal ref struct NetlinkRequest
{
    private readonly Span<byte> _buffer;

    /// <summary>The attributes (and, first, the fixed structure).</summary>
    public AttributeWriter Attributes;

    public NetlinkRequest(Span<byte> buffer, ushort type, ushort flags)
    {
        _buffer = buffer;
        Type = type;
        Flags = flags;
        Attributes = new AttributeWriter(buffer[NetlinkMessage.HeaderSize..]);
    }

    public ushort Type { get; }

    public ushort Flags { get; }

    public static NetlinkRequest Create<T>(Span<byte> buffer, ushort type, ushort flags, T header) where T : unmanaged
    {
        var request = new NetlinkRequest(buffer, type, flags);
        request.Attributes.AddStructure(header);
        return request;
    }

    /// <summary>The finished datagram under <paramref name="sequence"/>.</summary>
    /// <exception cref="LinuxException">EMSGSIZE: it did not fit its buffer.</exception>
    public readonly ReadOnlySpan<byte> Finish(uint sequence, ushort moreFlags, string operation)
    {
        if (Attributes.HasOverflowed) throw new LinuxException(Errno.EMSGSIZE, operation);
        int length = NetlinkMessage.HeaderSize + Attributes.Length;
        MemoryMarshal.Write(_buffer, new nlmsghdr
        {
            nlmsg_len = (uint)length,
            nlmsg_type = Type,
            nlmsg_flags = (ushort)(Flags | moreFlags | LinuxNetlink.NLM_F_REQUEST),
            nlmsg_seq = sequence,
        });
        return _buffer[..length];
    }
}
