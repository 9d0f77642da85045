namespace Warren.Linux.Netlink;

/// <summary>One of several ways of a multipath route.</summary>
/// <param name="LinkIndex">Interface to leave by.</param>
/// <param name="Gateway">Next hop, or null.</param>
public sealed record RouteNextHop(int LinkIndex, byte[]? Gateway);
