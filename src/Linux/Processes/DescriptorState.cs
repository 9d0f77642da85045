using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>Whether a descriptor that somebody handed over by its number is what it should be.</summary>
public static class DescriptorState
{
    /// <summary>Whether it is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => Unistd.isatty(descriptor) == 1;

    /// <summary>Whether it is open.</summary>
    public static bool IsOpen(int descriptor) => Fcntl.fcntl(descriptor, Fcntl.F_GETFL, 0) >= 0;
}
