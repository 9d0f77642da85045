using Warren.Linux.Libc;

namespace Warren.Linux.Namespaces;

/// <summary>Moves the calling thread, and no other, to other namespaces. Children that it starts are born there.</summary>
/// <remarks>
/// There is no way back that could be relied on: call these only on a thread of one's own, such as <see cref="NamespaceThread"/> makes,
/// never on one of the pool. Descriptors that are already open stay in the namespace where they were opened.
/// </remarks>
public static class ThreadNamespaces
{
    /// <summary>Makes new namespaces and moves into them.</summary>
    /// <exception cref="LinuxException">EPERM without CAP_SYS_ADMIN.</exception>
    public static void Unshare(NamespaceKinds kinds)
    {
        if (CSched.unshare((int)kinds) != 0) throw LinuxException.Last($"unshare {kinds}");
    }

    /// <summary>Moves into those of process <paramref name="pid"/> (Linux 5.8 or newer).</summary>
    /// <exception cref="LinuxException">ESRCH: no such process; EPERM.</exception>
    public static void Enter(int pid, NamespaceKinds kinds)
    {
        string operation = $"enter the namespaces of process {pid}";
        using var process = new OwnedDescriptor((int)SysSyscall.syscall(SysSyscall.SYS_pidfd_open, pid, 0));
        EnterBy(process.OrThrow(operation), kinds, operation);
    }

    /// <summary>Moves into the namespace behind <paramref name="handle"/>.</summary>
    /// <exception cref="LinuxException">EPERM.</exception>
    public static void Enter(NamespaceHandle handle) => EnterBy(handle.Owned, handle.Kind, $"enter a {handle.Kind} namespace");

    private static void EnterBy(OwnedDescriptor descriptor, NamespaceKinds kinds, string operation)
    {
        // A thread's root and working directory are shared with the others; a mount namespace can only be entered with ones of its own.
        if ((kinds & NamespaceKinds.Mount) != 0 && CSched.unshare(CSched.CLONE_FS) != 0) throw LinuxException.Last(operation);
        if (CSched.setns(descriptor, (int)kinds) != 0) throw LinuxException.Last(operation);
    }
}
