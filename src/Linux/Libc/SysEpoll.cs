using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>
/// sys/epoll.h. struct epoll_event is packed on x86-64 alone (12 bytes, data at 4; elsewhere 16 bytes, data at 8),
/// so it is written and read by offset.
/// </summary>
[Header("sys/epoll.h")]
internal static unsafe partial class SysEpoll
{
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 1;
    public const uint EPOLLOUT = 4;
    public const uint EPOLLERR = 8;
    public const uint EPOLLHUP = 16;

    public static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    public static readonly int EventDataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial OwnedDescriptor epoll_create1(int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int epoll_ctl(OwnedDescriptor epoll, int operation, int fd, void* @event);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int epoll_wait(OwnedDescriptor epoll, void* events, int count, int timeoutMilliseconds);

    /// <summary>epoll_pwait2 by number: glibc wraps it only since 2.35, the kernel has it since 5.11.</summary>
    public static int epoll_pwait2(OwnedDescriptor epoll, void* events, int count, timespec* timeout) =>
        (int)SysSyscall.syscall(SysSyscall.SYS_epoll_pwait2, epoll, (nint)events, count, (nint)timeout, 0, 0);
}
