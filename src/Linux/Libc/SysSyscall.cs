using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/syscall.h: calls that older C libraries do not wrap. Numbers above 423 are equal on all machines.</summary>
[Header("sys/syscall.h")]
internal static partial class SysSyscall
{
    public const int SYS_pidfd_open = 434;
    public const int SYS_epoll_pwait2 = 441;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial nint syscall(nint number, OwnedDescriptor a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b);
}
