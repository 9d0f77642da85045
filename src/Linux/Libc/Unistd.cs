using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>unistd.h</summary>
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

    [LibraryImport(Library)]
    public static partial int isatty(int fd);

    [LibraryImport(Library)]
    public static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fsync(OwnedDescriptor fd);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int execve(string path, byte** argv, byte** envp);
}
