using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>What a policy rule does with a packet that it matches (FR_ACT_* of linux/fib_rules.h).</summary>
public enum RuleAction : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Looks the route up in the rule's table.</summary>
    Lookup = LinuxFibRules.FR_ACT_TO_TBL,

    /// <summary>Drops it silently.</summary>
    Blackhole = LinuxFibRules.FR_ACT_BLACKHOLE,

    /// <summary>Drops it and answers "network unreachable".</summary>
    Unreachable = LinuxFibRules.FR_ACT_UNREACHABLE,

    /// <summary>Drops it and answers "administratively prohibited".</summary>
    Prohibit = LinuxFibRules.FR_ACT_PROHIBIT,
}
