using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/socket.h, as glibc lays it out on 64-bit machines (musl pads msg_iovlen and cmsg_len: same offsets, little-endian).</summary>
[Header("sys/socket.h")]
internal static unsafe partial class SysSocket
{
    public const int AF_UNSPEC = 0;
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int AF_NETLINK = 16;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1;
    public const int SO_REUSEPORT = 15;
    public const int SO_SNDBUF = 7;
    public const int SO_RCVBUF = 8;
    public const int SO_ACCEPTCONN = 30;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_MARK = 36;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_CTRUNC = 8;
    public const int MSG_PEEK = 2;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial OwnedDescriptor socket(int domain, int type, int protocol);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int bind(OwnedDescriptor fd, void* address, uint length);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int listen(OwnedDescriptor fd, int backlog);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial OwnedDescriptor accept4(OwnedDescriptor fd, void* address, uint* length, int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int getsockname(OwnedDescriptor fd, void* address, uint* length);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int setsockopt(OwnedDescriptor fd, int level, int name, void* value, uint length);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int getsockopt(OwnedDescriptor fd, int level, int name, void* value, uint* length);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int recvmmsg(OwnedDescriptor fd, mmsghdr* messages, uint count, int flags, void* timeout);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int sendmmsg(OwnedDescriptor fd, mmsghdr* messages, uint count, int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial nint recv(OwnedDescriptor fd, void* buffer, nuint length, int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial nint sendto(
        OwnedDescriptor fd, void* buffer, nuint length, int flags, void* address, uint addressLength);

    /// <summary>setsockopt with an int, as most options take.</summary>
    public static bool TrySet(OwnedDescriptor fd, int level, int name, int value)
    {
        // SAFETY: the value lives on this stack for the length of the call.
        return setsockopt(fd, level, name, &value, sizeof(int)) == 0;
    }

    /// <summary>setsockopt with an int that must be accepted.</summary>
    public static void Set(OwnedDescriptor fd, int level, int name, int value, string operation)
    {
        if (!TrySet(fd, level, name, value)) throw LinuxException.Last(operation);
    }
}

[Header("sys/socket.h")]
internal unsafe struct iovec
{
    public void* iov_base;
    public nuint iov_len;
}

[Header("sys/socket.h")]
internal unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public iovec* msg_iov;
    public nuint msg_iovlen;
    public void* msg_control;
    public nuint msg_controllen;
    public int msg_flags;
}

[Header("sys/socket.h")]
internal struct mmsghdr
{
    public msghdr msg_hdr;
    public uint msg_len;
}

[Header("sys/socket.h")]
internal struct cmsghdr
{
    public nuint cmsg_len;
    public int cmsg_level;
    public int cmsg_type;
}
