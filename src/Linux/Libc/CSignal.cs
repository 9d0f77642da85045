using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>signal.h. A signal set takes 128 bytes in glibc on both machines.</summary>
[Header("signal.h")]
internal static unsafe partial class CSignal
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    public static readonly int SignalSetSize = 128;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport(Unistd.Library)]
    public static partial int sigemptyset(void* set);

    [LibraryImport(Unistd.Library)]
    public static partial int sigfillset(void* set);
}
