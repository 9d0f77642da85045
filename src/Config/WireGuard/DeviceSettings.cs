using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Config.WireGuard;

/// <summary>What a configuration, or the words after <c>wg set</c>, ask of a device. Null means "not mentioned".</summary>
public sealed record DeviceSettings
{
    /// <summary>PrivateKey; the zero key removes the present one.</summary>
    public PrivateKey? PrivateKey { get; init; }

    /// <summary>ListenPort; 0 lets the system choose.</summary>
    public ushort? ListenPort { get; init; }

    /// <summary>FwMark; 0 for none.</summary>
    public uint? FwMark { get; init; }

    /// <summary>Peers that are not here go.</summary>
    public bool ReplacePeers { get; init; }

    /// <summary>Peers in the order of the text.</summary>
    public IReadOnlyList<PeerSettings> Peers { get; init; } = [];
}
