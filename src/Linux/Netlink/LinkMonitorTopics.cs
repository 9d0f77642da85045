using System;

namespace Warren.Linux.Netlink;

/// <summary>What a <see cref="LinkMonitor"/> listens to; what is not asked for wakes nobody.</summary>
[Flags]
public enum LinkMonitorTopics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links.</summary>
    Links = 1,

    /// <summary>Addresses of both families.</summary>
    Addresses = 2,

    /// <summary>Routes of both families.</summary>
    Routes = 4,

    /// <summary>All of these.</summary>
    All = Links | Addresses | Routes,
}
