namespace Warren.Linux.Netlink;

/// <summary>What a <see cref="LinkMonitor"/> saw.</summary>
public enum LinkChangeKind
{
    /// <summary>Events were lost: read everything anew.</summary>
    Lost,

    /// <summary>A link was made, or something of it changed (up, down, MTU, name).</summary>
    LinkChanged,

    /// <summary>A link went away, or to another namespace.</summary>
    LinkRemoved,

    /// <summary>An address was added or changed.</summary>
    AddressAdded,

    /// <summary>An address was removed.</summary>
    AddressRemoved,

    /// <summary>A route was added or replaced.</summary>
    RouteAdded,

    /// <summary>A route was removed.</summary>
    RouteRemoved,
}
