using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/mount.h</summary>
[Header("sys/mount.h")]
internal static partial class SysMount
{
    public const uint MS_RDONLY = 0x1;
    public const uint MS_NOSUID = 0x2;
    public const uint MS_NODEV = 0x4;
    public const uint MS_NOEXEC = 0x8;
    public const uint MS_BIND = 0x1000;
    public const uint MS_REC = 0x4000;
    public const uint MS_PRIVATE = 0x40000;
    public const int MNT_DETACH = 2;

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mount(string? source, string target, string? type, nuint flags, string? data);

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int umount2(string target, int flags);
}
