using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>One prefix at two peers, and prefixes inside of another peer's.</summary>
internal sealed class AllowedIpsOverlapRule() : CheckRule("allowed-ips-overlap", "two peers of one interface are allowed the same addresses")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            var index = new PrefixIndex<(TunnelPeer Peer, WrittenPrefix Allowed)>();
            foreach (var peer in tunnel.Peers)
            {
                foreach (var allowed in peer.AllowedIps)
                {
                    if (!index.TryAdd(allowed.Prefix, (peer, allowed), out var first) && !ReferenceEquals(first.Peer, peer) && !IsSamePeer(first.Peer, peer))
                    {
                        remarks.Error(this, allowed.Place.Position,
                            $"{allowed.Prefix} is also allowed to the peer on line {first.Allowed.Place.Position.Line}: the last one has it, the other gets nothing",
                            "leave it at the peer that has these addresses", null, first.Allowed.Place.Position);
                    }
                }
            }

            foreach (var peer in tunnel.Peers)
            {
                foreach (var allowed in peer.AllowedIps.Where(allowed => !allowed.IsHost))
                {
                    var (outer, owner) = index.Covering(allowed.Prefix).LastOrDefault(entry => entry.Prefix != allowed.Prefix && entry.Prefix.Length > 0 && !ReferenceEquals(entry.Value.Peer, peer));
                    if (owner.Peer is not null)
                    {
                        remarks.Info(this, allowed.Place.Position, $"{allowed.Prefix} is a part of {outer} at another peer (line {owner.Allowed.Place.Position.Line}): the longer prefix wins, so this part goes to this peer",
                            null, owner.Allowed.Place.Position);
                    }
                }
            }
        }
    }

    private static bool IsSamePeer(TunnelPeer left, TunnelPeer right) =>
        left.PublicKey is { IsKey: true } a && right.PublicKey is { IsKey: true } b && a.PublicKey == b.PublicKey;
}
