using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Udp;

/// <summary>Walks the control messages beside a datagram (CMSG_NXTHDR of cmsg(3), over spans).</summary>
internal static class ControlMessage
{
    /// <summary>Takes the next message off <paramref name="control"/>; false at the end or at one that does not fit.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> control, out int level, out int type, out ReadOnlySpan<byte> payload)
    {
        level = type = 0;
        payload = default;
        if (control.Length < MessageBlock.ControlHeaderSize) return false;
        cmsghdr header = MemoryMarshal.Read<cmsghdr>(control);
        if (header.cmsg_len < MessageBlock.ControlHeaderSize || header.cmsg_len > (nuint)control.Length) return false;
        int length = (int)header.cmsg_len;
        level = header.cmsg_level;
        type = header.cmsg_type;
        payload = control[MessageBlock.ControlHeaderSize..length];
        control = control[Math.Min((length + 7) & ~7, control.Length)..];
        return true;
    }
}
