using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>One peer of a request while its lines are read.</summary>
internal sealed class PeerChangeBuilder(PublicKey publicKey)
{
    public bool UpdateOnly { get; set; }

    public bool Remove { get; set; }

    /// <summary>The last one said: one said before is zeroed.</summary>
    public PresharedKey? PresharedKey
    {
        get;
        set
        {
            field?.Dispose();
            field = value;
        }
    }

    public Endpoint? Endpoint { get; set; }

    public ushort? PersistentKeepalive { get; set; }

    public bool ReplaceAllowedIps { get; set; }

    public PeerChange Build(List<AllowedIpChange> allowedIps) => new()
    {
        PublicKey = publicKey,
        UpdateOnly = UpdateOnly,
        Remove = Remove,
        PresharedKey = PresharedKey,
        Endpoint = Endpoint,
        PersistentKeepalive = PersistentKeepalive,
        ReplaceAllowedIps = ReplaceAllowedIps,
        AllowedIps = allowedIps.Count == 0 ? [] : allowedIps.ToArray(),
    };
}
