using Warren.Linux.Libc;

namespace Warren.Linux.Events;

/// <summary>Which file a path names now: device and inode.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    /// <summary>That of <paramref name="path"/> itself (a symbolic link is not followed), or null when it names nothing.</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        statx status;

        // SAFETY: the structure lives on this stack for the length of the call.
        if (SysStat.statx(Fcntl.AT_FDCWD, path, Fcntl.AT_SYMLINK_NOFOLLOW, SysStat.STATX_BASIC_STATS, &status) == 0)
            return new FileIdentity(status.stx_dev_major, status.stx_dev_minor, status.stx_ino);
        LinuxException error = LinuxException.Last($"look at {path}");
        return error.Errno is Errno.ENOENT or Errno.ENOTDIR ? null : throw error;
    }
}
