using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>sched.h</summary>
[Header("sched.h")]
internal static partial class CSched
{
    public const int CLONE_FS = 0x200;
    public const int CLONE_NEWNS = 0x20000;
    public const int CLONE_NEWCGROUP = 0x2000000;
    public const int CLONE_NEWUTS = 0x4000000;
    public const int CLONE_NEWIPC = 0x8000000;
    public const int CLONE_NEWUSER = 0x10000000;
    public const int CLONE_NEWPID = 0x20000000;
    public const int CLONE_NEWNET = 0x40000000;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int unshare(int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int setns(OwnedDescriptor fd, int kinds);
}
