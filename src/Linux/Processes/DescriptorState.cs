using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>What is behind a descriptor, by its number.</summary>
public static unsafe class DescriptorState
{
    /// <summary>Whether it is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => Unistd.isatty(descriptor) == 1;

    /// <summary>Whether it is open.</summary>
    public static bool IsOpen(int descriptor) => Fcntl.fcntl(descriptor, Fcntl.F_GETFL, 0) >= 0;

    /// <summary>
    /// Whether it is a regular file that others than its owner and group may read, write or execute: what `wg genkey` warns about.
    /// </summary>
    /// <exception cref="LinuxException">EBADF: it is not open.</exception>
    public static bool IsWorldAccessibleFile(int descriptor)
    {
        int mode = Mode(descriptor);
        return (mode & SysStat.S_IFMT) == SysStat.S_IFREG && (mode & 7) != 0;
    }

    /// <summary>Its type and permission bits, st_mode of stat(2).</summary>
    /// <exception cref="LinuxException">EBADF: it is not open.</exception>
    public static int Mode(int descriptor)
    {
        statx status;

        // SAFETY: the structure lives on this stack for the length of the call.
        if (SysStat.statx(descriptor, "", Fcntl.AT_EMPTY_PATH, SysStat.STATX_BASIC_STATS, &status) != 0)
            throw LinuxException.Last($"look at descriptor {descriptor}");
        return status.stx_mode;
    }
}
