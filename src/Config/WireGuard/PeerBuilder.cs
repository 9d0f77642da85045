using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Config.WireGuard;

/// <summary>A peer while it is read.</summary>
internal sealed class PeerBuilder
{
    internal TextPosition Position { get; init; }
    internal PublicKey? PublicKey { get; set; }
    internal bool Remove { get; set; }
    internal PresharedKey? PresharedKey { get; set; }
    internal Endpoint? Endpoint { get; set; }
    internal ushort? PersistentKeepalive { get; set; }
    internal bool ReplaceAllowedIps { get; set; }
    internal List<AllowedIpSetting> AllowedIps { get; } = [];

    /// <summary>Null when it has no public key.</summary>
    internal PeerSettings? Build() => PublicKey is not { } key ? null : new PeerSettings
    {
        PublicKey = key,
        Remove = Remove,
        PresharedKey = PresharedKey,
        Endpoint = Endpoint,
        PersistentKeepalive = PersistentKeepalive,
        ReplaceAllowedIps = ReplaceAllowedIps,
        AllowedIps = AllowedIps,
    };
}
