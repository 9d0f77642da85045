using Warren.Linux.Libc;

namespace Warren.Linux.Namespaces;

/// <summary>Mounts in the calling thread's mount namespace: on a <see cref="NamespaceThread"/> they are seen only there.</summary>
public static class Mounts
{
    /// <summary>Stops all mounts from showing in other namespaces, and theirs here: the first thing to do in a new mount namespace.</summary>
    public static void MakePrivate() =>
        Check(SysMount.mount(null, "/", null, SysMount.MS_REC | SysMount.MS_PRIVATE, null), "make the mounts private");

    /// <summary>Puts an empty folder in memory over <paramref name="target"/>.</summary>
    /// <param name="target">A folder.</param>
    /// <param name="options">Such as "mode=0755,size=16m"; null: the defaults.</param>
    public static void Temporary(string target, string? options = null) =>
        Check(SysMount.mount("tmpfs", target, "tmpfs", SysMount.MS_NOSUID | SysMount.MS_NODEV, options), $"mount tmpfs on {target}");

    /// <summary>Shows the processes of the calling process's own process namespace at <paramref name="target"/>.</summary>
    public static void Proc(string target = "/proc") =>
        Check(SysMount.mount(
            "proc", target, "proc", SysMount.MS_NOSUID | SysMount.MS_NODEV | SysMount.MS_NOEXEC, null), $"mount proc on {target}");

    /// <summary>Shows the network devices of the calling thread's network namespace at <paramref name="target"/>.</summary>
    public static void Sys(string target = "/sys") =>
        Check(SysMount.mount(
            "sysfs", target, "sysfs", SysMount.MS_NOSUID | SysMount.MS_NODEV | SysMount.MS_NOEXEC, null), $"mount sysfs on {target}");

    /// <summary>Shows the file or folder <paramref name="source"/> at <paramref name="target"/>, which must exist and be of the same sort.</summary>
    public static void Bind(string source, string target) =>
        Check(SysMount.mount(source, target, null, SysMount.MS_BIND | SysMount.MS_REC, null), $"bind {source} to {target}");

    /// <summary>Takes away the topmost mount on <paramref name="target"/>, as soon as nobody uses it.</summary>
    public static void Remove(string target) =>
        Check(SysMount.umount2(target, SysMount.MNT_DETACH), $"unmount {target}");

    private static void Check(int result, string operation)
    {
        if (result != 0) throw LinuxException.Last(operation);
    }
}
