using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>All that a text says of WireGuard.</summary>
public sealed record Document
{
    /// <summary>The text.</summary>
    public required SourceText Source { get; init; }

    /// <summary>Whether it is written for people, with blocks in it.</summary>
    public bool IsProse { get; init; }

    /// <summary>The interfaces, in the order of the text.</summary>
    public IReadOnlyList<Tunnel> Tunnels { get; init; } = [];

    /// <summary>What systemd-networkd's .network files say of interfaces.</summary>
    public IReadOnlyList<NetworkPart> NetworkParts { get; init; } = [];

    /// <summary>The authority that its blocks make together, or null.</summary>
    public ConfigNode? Authority { get; init; }

    /// <summary>What is wrong with the words themselves, whatever the other ends say.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>What the sentences around the blocks say.</summary>
    public ProseFacts Facts { get; init; } = ProseFacts.None;
}
