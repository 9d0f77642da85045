using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/stat.h. statx, because struct stat differs between x86-64 and arm64 and struct statx does not.</summary>
[Header("sys/stat.h")]
internal static unsafe partial class SysStat
{
    public const uint STATX_BASIC_STATS = 0x7ff;

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int directory, string path, int flags, uint mask, statx* result);

    [LibraryImport(Unistd.Library)]
    public static partial uint umask(uint mask);
}

/// <summary>The fields that are used; 256 bytes in all.</summary>
[Header("sys/stat.h")]
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct statx
{
    [FieldOffset(28)] public ushort stx_mode;
    [FieldOffset(32)] public ulong stx_ino;
    [FieldOffset(136)] public uint stx_dev_major;
    [FieldOffset(140)] public uint stx_dev_minor;
}
