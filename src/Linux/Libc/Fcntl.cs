using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>fcntl.h. These numbers are the same on x86-64 and arm64 but for O_DIRECTORY and O_NOFOLLOW, which are not used.</summary>
[Header("fcntl.h")]
internal static partial class Fcntl
{
    public const int O_RDONLY = 0;
    public const int O_RDWR = 2;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;
    public const int AT_FDCWD = -100;
    public const int AT_EMPTY_PATH = 0x1000;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial OwnedDescriptor open(string path, int flags, uint mode);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int fcntl(OwnedDescriptor fd, int command, int argument);

    /// <summary>From now on calls on it return EAGAIN instead of waiting. False: the reason is left as of any call.</summary>
    public static bool TrySetNonBlocking(OwnedDescriptor fd)
    {
        int flags = fcntl(fd, F_GETFL, 0);
        return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
    }
}
