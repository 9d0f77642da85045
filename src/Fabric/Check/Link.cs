using Warren.Config.Documents;

namespace Warren.Fabric.Check;

/// <summary>A peer of one version of a host, and the host that it is.</summary>
/// <param name="From">Who has the peer.</param>
/// <param name="Version">The version that has it.</param>
/// <param name="Peer">The peer.</param>
/// <param name="To">Who it is.</param>
/// <param name="IsByKey">Whether the key says so; else its name, its addresses and where it is dialled do.</param>
internal sealed record Link(Host From, Tunnel Version, TunnelPeer Peer, Host To, bool IsByKey)
{
    /// <summary>Why it is taken to be that host, when the key does not say so.</summary>
    internal string Reason { get; init; } = "";
}
