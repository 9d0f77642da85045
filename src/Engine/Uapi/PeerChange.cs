using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>What is asked of one peer. Null means "not mentioned".</summary>
public sealed record PeerChange
{
    /// <summary>Which peer.</summary>
    public required PublicKey PublicKey { get; init; }

    /// <summary>Nothing happens when the device has no such peer.</summary>
    public bool UpdateOnly { get; init; }

    /// <summary>The peer goes; everything else here is ignored.</summary>
    public bool Remove { get; init; }

    /// <summary>The new preshared key; the zero key removes the present one.</summary>
    public PresharedKey? PresharedKey { get; init; }

    /// <summary>The new endpoint.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>Seconds between keepalives; 0 for off.</summary>
    public ushort? PersistentKeepalive { get; init; }

    /// <summary>Take all present prefixes away before <see cref="AllowedIps"/>.</summary>
    public bool ReplaceAllowedIps { get; init; }

    /// <summary>Prefixes to add or take away, in this order.</summary>
    public IReadOnlyList<AllowedIpChange> AllowedIps { get; init; } = [];
}
