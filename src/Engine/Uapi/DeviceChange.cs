using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>What is asked of a device (UAPI <c>set=1</c>, or WG_CMD_SET_DEVICE). Null means "not mentioned".</summary>
/// <remarks>Whoever applies a change takes over its keys.</remarks>
public sealed record DeviceChange
{
    /// <summary>The new private key; the zero key removes the present one.</summary>
    public PrivateKey? PrivateKey { get; init; }

    /// <summary>The new UDP port; 0 lets the system choose.</summary>
    public ushort? ListenPort { get; init; }

    /// <summary>The new mark; 0 for none.</summary>
    public uint? FwMark { get; init; }

    /// <summary>Ours, userspace only: the local address to listen on; the unspecified address for all.</summary>
    public IpAddress? BindAddress { get; init; }

    /// <summary>Remove every present peer before <see cref="Peers"/>.</summary>
    public bool ReplacePeers { get; init; }

    /// <summary>Peers to add, change or remove, in this order. One key may appear several times.</summary>
    public IReadOnlyList<PeerChange> Peers { get; init; } = [];
}
