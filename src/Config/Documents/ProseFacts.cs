using System.Collections.Generic;

namespace Warren.Config.Documents;

/// <summary>What the sentences around the blocks of a text say.</summary>
public sealed record ProseFacts
{
    /// <summary>Nothing.</summary>
    public static ProseFacts None { get; } = new();

    /// <summary>Whether forwarding is said to be turned on.</summary>
    public bool Forwards { get; init; }

    /// <summary>What is said of hosts.</summary>
    public IReadOnlyList<HostFact> Hosts { get; init; } = [];

    /// <summary>Ports that are said to be WireGuard's.</summary>
    public IReadOnlyList<Written> Ports { get; init; } = [];

    /// <summary>Lines that run <c>wg</c> or <c>wg-quick</c>, without prompt and sudo.</summary>
    public IReadOnlyList<Written> Commands { get; init; } = [];

    /// <summary>Words that are paths like /etc/wireguard.</summary>
    public IReadOnlyList<Written> Paths { get; init; } = [];
}
