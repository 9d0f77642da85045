using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Namespaces;

/// <summary>Holds one namespace open: it exists at least as long as this.</summary>
public sealed class NamespaceHandle : IDisposable
{
    private NamespaceHandle(OwnedDescriptor descriptor, NamespaceKinds kind)
    {
        Owned = descriptor;
        Kind = kind;
    }

    /// <summary>What it keeps apart.</summary>
    public NamespaceKinds Kind { get; }

    /// <summary>The descriptor, for links that are made in or moved to this namespace; owned by this object.</summary>
    public int Descriptor => Owned.Number;

    internal OwnedDescriptor Owned { get; }

    /// <summary>That of the calling thread.</summary>
    public static NamespaceHandle OfThisThread(NamespaceKinds kind) => OpenFile($"/proc/thread-self/ns/{FileName(kind)}", kind);

    /// <summary>That of a process.</summary>
    /// <exception cref="LinuxException">ENOENT: no such process.</exception>
    public static NamespaceHandle OfProcess(int pid, NamespaceKinds kind) => OpenFile($"/proc/{pid}/ns/{FileName(kind)}", kind);

    /// <summary>One that is bound to a file, as `ip netns add` does under /run/netns.</summary>
    /// <exception cref="LinuxException">ENOENT: no such file.</exception>
    public static NamespaceHandle OpenFile(string path, NamespaceKinds kind) =>
        new(Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0).OrThrow($"open {path}"), kind);

    /// <summary>Lets go of the namespace.</summary>
    public void Dispose() => Owned.Dispose();

    private static string FileName(NamespaceKinds kind) => kind switch
    {
        NamespaceKinds.Network => "net",
        NamespaceKinds.Mount => "mnt",
        NamespaceKinds.Process => "pid",
        NamespaceKinds.HostName => "uts",
        NamespaceKinds.Ipc => "ipc",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "One kind at a time."),
    };
}
