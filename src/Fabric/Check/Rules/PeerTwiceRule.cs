using System.Collections.Generic;
using Warren.Config.Documents;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Check.Rules;

/// <summary>One key at two peers of one interface, and an interface that is its own peer.</summary>
internal sealed class PeerTwiceRule() : CheckRule("peer-twice", "two peers of one interface have one key, or a host is its own peer")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            var seen = new Dictionary<PublicKey, TunnelPeer>();
            foreach (var peer in tunnel.Peers)
            {
                if (peer.PublicKey is not { IsKey: true } key)
                    continue;
                if (key.PublicKey == host.Key)
                {
                    remarks.Error(this, key.Position, $"the peer's public key is this host's own ({Remarks.At(tunnel.PrivateKey?.Position ?? tunnel.Position)} yields it): the peer is ignored",
                        "PublicKey = the key of the other end");
                }
                else if (!seen.TryAdd(key.PublicKey, peer))
                {
                    remarks.Warning(this, key.Position, $"the peer of line {seen[key.PublicKey].Position.Line} has the same public key: both are one peer, of which the last settings count",
                        "one [Peer] with the settings of both, or the other host's own key", null, seen[key.PublicKey].Position);
                }
            }
        }
    }
}
