using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>time.h</summary>
[Header("time.h")]
internal static unsafe partial class CTime
{
    public const int CLOCK_REALTIME = 0;
    public const int CLOCK_MONOTONIC = 1;
    public const int CLOCK_BOOTTIME = 7;

    // The vDSO answers in some 20 ns without entering the kernel: shorter than a garbage collection's handshake.
    [LibraryImport(Unistd.Library)]
    [SuppressGCTransition]
    public static partial int clock_gettime(int clock, timespec* time);
}

[Header("time.h")]
internal struct timespec
{
    public nint tv_sec;
    public nint tv_nsec;
}
