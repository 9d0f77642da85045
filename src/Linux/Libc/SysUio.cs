using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/uio.h</summary>
[Header("sys/uio.h")]
[Header("limits.h")]
internal static unsafe partial class SysUio
{
    /// <summary>Pieces of one call at most; __IOV_MAX of the C library, UIO_MAXIOV of the kernel.</summary>
    public const int UIO_MAXIOV = 1024;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial nint writev(OwnedDescriptor fd, iovec* pieces, int count);
}
