using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/ioctl.h and the interface requests of linux/sockios.h.</summary>
[Header("sys/ioctl.h")]
[Header("linux/sockios.h")]
internal static unsafe partial class SysIoctl
{
    public const uint SIOCGIFFLAGS = 0x8913;
    public const uint SIOCSIFFLAGS = 0x8914;
    public const uint SIOCGIFMTU = 0x8921;
    public const uint SIOCSIFMTU = 0x8922;
    public const uint SIOCGIFINDEX = 0x8933;
    public const uint SIOCSIFTXQLEN = 0x8943;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int ioctl(OwnedDescriptor fd, nuint request, void* argument);
}
