using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>What a route does with a packet (RTN_* of linux/rtnetlink.h).</summary>
public enum RouteType : byte
{
    /// <summary>Not said: a deletion then matches any.</summary>
    Any = 0,

    /// <summary>Sends it on.</summary>
    Unicast = LinuxRtnetlink.RTN_UNICAST,

    /// <summary>Delivers it to this host.</summary>
    Local = LinuxRtnetlink.RTN_LOCAL,

    /// <summary>Delivers it here and sends it as a broadcast.</summary>
    Broadcast = LinuxRtnetlink.RTN_BROADCAST,

    /// <summary>An anycast address of this host.</summary>
    Anycast = LinuxRtnetlink.RTN_ANYCAST,

    /// <summary>Sends it to a group.</summary>
    Multicast = LinuxRtnetlink.RTN_MULTICAST,

    /// <summary>Drops it silently.</summary>
    Blackhole = LinuxRtnetlink.RTN_BLACKHOLE,

    /// <summary>Drops it and answers "host unreachable".</summary>
    Unreachable = LinuxRtnetlink.RTN_UNREACHABLE,

    /// <summary>Drops it and answers "administratively prohibited".</summary>
    Prohibit = LinuxRtnetlink.RTN_PROHIBIT,

    /// <summary>Ends the lookup in this table: the next rule decides.</summary>
    Throw = LinuxRtnetlink.RTN_THROW,
}
