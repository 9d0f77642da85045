using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Config.WireGuard;

/// <summary>What is asked of one peer. Null means "not mentioned".</summary>
public sealed record PeerSettings
{
    /// <summary>PublicKey.</summary>
    public required PublicKey PublicKey { get; init; }

    /// <summary>The peer goes, whatever else is said of it.</summary>
    public bool Remove { get; init; }

    /// <summary>PresharedKey; the zero key removes the present one.</summary>
    public PresharedKey? PresharedKey { get; init; }

    /// <summary>Endpoint, resolved.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>PersistentKeepalive in seconds; 0 for off.</summary>
    public ushort? PersistentKeepalive { get; init; }

    /// <summary>Prefixes that are not here go; false when one of them had a '+' or '-'.</summary>
    public bool ReplaceAllowedIps { get; init; }

    /// <summary>AllowedIPs of all lines, in order.</summary>
    public IReadOnlyList<AllowedIpSetting> AllowedIps { get; init; } = [];
}
