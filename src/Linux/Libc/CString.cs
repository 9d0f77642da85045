using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>string.h</summary>
internal static partial class CString
{
    [LibraryImport(Unistd.Library)]
    public static partial nint strerrordesc_np(int errno);
}
