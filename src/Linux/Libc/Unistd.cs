using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>unistd.h</summary>
[Header("unistd.h")]
internal static unsafe partial class Unistd
{
    /// <summary>The runtime maps this name to the C library's soname.</summary>
    public const string Library = "libc";

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(OwnedDescriptor fd, void* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(OwnedDescriptor fd, void* buffer, nuint count);
}
