namespace Warren.Linux.Netlink;

/// <summary>One event of a <see cref="LinkMonitor"/>; which of the three states is set follows from the kind.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Link">The link as it now is, or last was.</param>
/// <param name="Address">The address.</param>
/// <param name="Route">The route.</param>
public sealed record LinkChange(LinkChangeKind Kind, LinkState? Link = null, AddressState? Address = null, RouteState? Route = null);
