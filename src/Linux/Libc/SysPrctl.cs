using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/prctl.h</summary>
[Header("sys/prctl.h")]
internal static partial class SysPrctl
{
    public const int PR_SET_PDEATHSIG = 1;
    public const int PR_GET_DUMPABLE = 3;
    public const int PR_SET_DUMPABLE = 4;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);
}
