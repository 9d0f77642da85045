using Warren.Linux.Libc;

namespace Warren.Linux.Files;

/// <summary>What statx(2) says of a file: its kind and its permission bits.</summary>
/// <param name="Kind">What sort of file it is.</param>
/// <param name="Permissions">The low nine bits, such as octal 0644.</param>
public readonly record struct FileStatus(FileKind Kind, int Permissions)
{
    /// <summary>Follows symbolic links.</summary>
    /// <exception cref="LinuxException">There is no such file, or it cannot be reached.</exception>
    public static FileStatus OfPath(string path) => Read(Fcntl.AT_FDCWD, path, 0, path);

    /// <summary>Of an open descriptor.</summary>
    /// <exception cref="LinuxException">The descriptor is not open.</exception>
    public static FileStatus OfDescriptor(int descriptor) => Read(descriptor, "", Fcntl.AT_EMPTY_PATH, "statx");

    private static unsafe FileStatus Read(int directory, string path, int flags, string operation)
    {
        statx status;

        // SAFETY: the structure lives on this stack for the length of the call.
        if (SysStat.statx(directory, path, flags, SysStat.STATX_BASIC_STATS, &status) != 0)
            throw LinuxException.Last(operation);
        return new FileStatus((FileKind)(status.stx_mode >> 12), status.stx_mode & 0x1ff);
    }
}
