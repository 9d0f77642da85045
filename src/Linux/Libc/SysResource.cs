using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sys/resource.h</summary>
[Header("sys/resource.h")]
internal static unsafe partial class SysResource
{
    public const int RLIMIT_CORE = 4;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int setrlimit(int resource, rlimit* limit);
}

[Header("sys/resource.h")]
internal struct rlimit
{
    public nuint rlim_cur;
    public nuint rlim_max;
}
