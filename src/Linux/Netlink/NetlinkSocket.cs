using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>A netlink socket in the network namespace of the thread that made it.</summary>
internal sealed unsafe class NetlinkSocket : INetlinkTransport
{
    private readonly OwnedDescriptor _socket;
    private byte[] _buffer = new byte[32 * 1024];

    /// <param name="protocol">NETLINK_ROUTE, NETLINK_GENERIC.</param>
    /// <param name="groups">Multicast groups to hear; 0: answers only.</param>
    /// <param name="nonblocking">For a poller; <see cref="TryReceive"/> then says when nothing is there.</param>
    public NetlinkSocket(int protocol, uint groups = 0, bool nonblocking = false)
    {
        int type = SysSocket.SOCK_RAW | SysSocket.SOCK_CLOEXEC | (nonblocking ? SysSocket.SOCK_NONBLOCK : 0);
        _socket = SysSocket.socket(SysSocket.AF_NETLINK, type, protocol).OrThrow("open a netlink socket");
        try
        {
            // All three since Linux 4.20: texts with errors, errors without the request's echo, dumps filtered by the kernel.
            foreach (int option in (ReadOnlySpan<int>)
                [LinuxNetlink.NETLINK_EXT_ACK, LinuxNetlink.NETLINK_CAP_ACK, LinuxNetlink.NETLINK_GET_STRICT_CHK])
            {
                SysSocket.Set(_socket, LinuxNetlink.SOL_NETLINK, option, 1, "prepare a netlink socket");
            }

            // A listener that is slow for a moment should not lose events.
            if (groups != 0) SysSocket.TrySet(_socket, SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, 1 << 20);
            var address = new sockaddr_nl { nl_family = SysSocket.AF_NETLINK, nl_groups = groups };

            // SAFETY: the structure lives on this stack for the length of the call.
            if (SysSocket.bind(_socket, &address, (uint)sizeof(sockaddr_nl)) != 0)
                throw LinuxException.Last("bind a netlink socket");
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>What to give to a poller.</summary>
    public int Descriptor => _socket.Number;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        var kernel = new sockaddr_nl { nl_family = SysSocket.AF_NETLINK };

        // SAFETY: the datagram stays pinned and the address on this stack for the length of the call.
        fixed (byte* pointer = datagram)
        {
            while (SysSocket.sendto(_socket, pointer, (nuint)datagram.Length, 0, &kernel, (uint)sizeof(sockaddr_nl)) < 0)
            {
                if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINTR) throw LinuxException.Last("send to netlink");
            }
        }
    }

    public ReadOnlySpan<byte> Receive() =>
        TryReceive(out ReadOnlySpan<byte> datagram) ? datagram : throw new LinuxException(Errno.EAGAIN, "receive from netlink");

    /// <summary>Takes the next datagram; false: a nonblocking socket has none. ENOBUFS: events were lost.</summary>
    public bool TryReceive(out ReadOnlySpan<byte> datagram)
    {
        datagram = default;

        // The kernel makes answers as large as the reader showed room for, up to 32 KiB; a single event can be larger: look first.
        int length = Take(SysSocket.MSG_PEEK | SysSocket.MSG_TRUNC);
        if (length < 0) return false;
        if (length > _buffer.Length) _buffer = new byte[length];
        length = Take(0);
        if (length < 0) return false;
        datagram = _buffer.AsSpan(0, length);
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private int Take(int flags)
    {
        // SAFETY: the buffer stays pinned for the length of the call; the kernel writes at most its length.
        fixed (byte* pointer = _buffer)
        {
            nint length;
            while ((length = SysSocket.recv(_socket, pointer, (nuint)_buffer.Length, flags)) < 0)
            {
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error == Errno.EAGAIN) return -1;
                if (error != Errno.EINTR) throw new LinuxException(error, "receive from netlink");
            }

            return (int)length;
        }
    }
}
