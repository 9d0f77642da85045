using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>One message of a netlink datagram; borrowed from it.</summary>
internal readonly ref struct NetlinkMessage
{
    public const int HeaderSize = 16;

    private NetlinkMessage(nlmsghdr header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    public nlmsghdr Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the next message off a datagram; false at its end, or at a length that does not fit.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        message = default;
        if (datagram.Length < HeaderSize) return false;
        nlmsghdr header = MemoryMarshal.Read<nlmsghdr>(datagram);
        if (header.nlmsg_len < HeaderSize || header.nlmsg_len > datagram.Length) return false;
        int length = (int)header.nlmsg_len;
        message = new NetlinkMessage(header, datagram[HeaderSize..length]);
        datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        return true;
    }

    /// <summary>Splits a payload into the family's fixed structure and the attributes behind it.</summary>
    public static bool TrySplit<T>(ReadOnlySpan<byte> payload, out T header, out AttributeReader attributes) where T : unmanaged
    {
        header = default;
        attributes = default;
        int size = (Unsafe.SizeOf<T>() + 3) & ~3;
        if (payload.Length < size) return false;
        header = MemoryMarshal.Read<T>(payload);
        attributes = new AttributeReader(payload[size..]);
        return true;
    }

    /// <summary>What went wrong according to an NLMSG_ERROR or NLMSG_DONE; None: it is an acknowledgement.</summary>
    public Errno Error(out string? detail)
    {
        detail = null;
        if (Payload.Length < sizeof(int)) return Errno.None;
        int error = -MemoryMarshal.Read<int>(Payload);
        if (error == 0) return Errno.None;
        int texts = Header.nlmsg_type == LinuxNetlink.NLMSG_DONE ? sizeof(int) : TextsOfError();
        if ((Header.nlmsg_flags & LinuxNetlink.NLM_F_ACK_TLVS) != 0 && texts <= Payload.Length)
        {
            var attributes = new AttributeReader(Payload[texts..]);
            while (attributes.Next())
            {
                if (attributes.Type == LinuxNetlink.NLMSGERR_ATTR_MSG) detail = attributes.Text();
            }
        }

        return (Errno)error;
    }

    /// <summary>Where the extended acknowledgement starts: behind the error and the request's header, or (not capped) the whole request.</summary>
    private int TextsOfError()
    {
        if (Payload.Length < sizeof(int) + HeaderSize) return int.MaxValue;
        uint requestLength = MemoryMarshal.Read<uint>(Payload[sizeof(int)..]);
        bool capped = (Header.nlmsg_flags & LinuxNetlink.NLM_F_CAPPED) != 0;
        return sizeof(int) + (capped ? HeaderSize : (int)Math.Min((requestLength + 3) & ~3u, 1 << 20));
    }
}
