using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/eventfd.h</summary>
[Header("sys/eventfd.h")]
internal static partial class SysEventfd
{
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial OwnedDescriptor eventfd(uint initial, int flags);
}
