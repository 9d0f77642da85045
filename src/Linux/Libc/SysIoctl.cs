using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/ioctl.h</summary>
internal static unsafe partial class SysIoctl
{
    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int ioctl(OwnedDescriptor fd, nuint request, void* argument);
}
