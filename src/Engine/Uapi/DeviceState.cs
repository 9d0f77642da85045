using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Engine.Uapi;

/// <summary>What a device says of itself (UAPI <c>get=1</c>, or the kernel's WG_CMD_GET_DEVICE).</summary>
/// <remarks>Holds secrets: whether they are printed is the caller's decision. The keys live as long as the state does.</remarks>
public sealed record DeviceState
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The device's private key; null when it has none.</summary>
    public PrivateKey? PrivateKey { get; init; }

    /// <summary>The public key of <see cref="PrivateKey"/>; null when there is none.</summary>
    public PublicKey? PublicKey { get; init; }

    /// <summary>UDP port, 0 when not bound yet.</summary>
    public ushort ListenPort { get; init; }

    /// <summary>Mark of outgoing datagrams, 0 for none.</summary>
    public uint FwMark { get; init; }

    /// <summary>Peers in the device's own order.</summary>
    public IReadOnlyList<PeerState> Peers { get; init; } = [];
}
