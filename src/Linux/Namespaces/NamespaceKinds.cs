using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Namespaces;

/// <summary>What a namespace keeps apart (namespaces(7)).</summary>
[Flags]
public enum NamespaceKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links, addresses, routes, nftables, sockets, /proc/sys/net.</summary>
    Network = CSched.CLONE_NEWNET,

    /// <summary>The tree of mounts.</summary>
    Mount = CSched.CLONE_NEWNS,

    /// <summary>Process numbers; a thread that enters or makes one only starts children in it.</summary>
    Process = CSched.CLONE_NEWPID,

    /// <summary>Host and domain name.</summary>
    HostName = CSched.CLONE_NEWUTS,

    /// <summary>System V and POSIX message queues, semaphores, shared memory.</summary>
    Ipc = CSched.CLONE_NEWIPC,
}
