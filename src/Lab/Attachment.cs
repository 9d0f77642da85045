using System.Collections.Generic;

namespace Warren.Lab;

/// <summary>An interface of a node on a network of the topology.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Interface">The interface's name in the node: eth0, eth1, …</param>
/// <param name="Network">The network's name.</param>
/// <param name="Addresses">Addresses with prefix length, of both families.</param>
public sealed record Attachment(string Node, string Interface, string Network, IReadOnlyList<string> Addresses)
{
    /// <summary>The interface's MTU in bytes; 1,500 by default.</summary>
    public int MtuBytes { get; init; } = 1500;

    /// <summary>False when the interface must send MTU-sized packets instead of super-packets; true by default.</summary>
    public bool Offload { get; init; } = true;
}
