using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/inotify.h</summary>
[Header("sys/inotify.h")]
internal static partial class SysInotify
{
    public const int IN_NONBLOCK = 0x800;
    public const int IN_CLOEXEC = 0x80000;
    public const uint IN_ATTRIB = 0x4;
    public const uint IN_DELETE_SELF = 0x400;
    public const uint IN_MOVE_SELF = 0x800;
    public const uint IN_DONT_FOLLOW = 0x2000000;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial OwnedDescriptor inotify_init1(int flags);

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int inotify_add_watch(OwnedDescriptor fd, string path, uint mask);
}
