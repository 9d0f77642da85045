using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class AllowedIpNestedRule() : RouterRule("allowed-ip-nested", Severity.Info, "An allowed IP inside of another peer's is taken from it: the longest prefix decides.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            // In the order of addresses, an outer prefix comes before those inside of it: what is open is what may hold the next.
            var all = profile.Peers.Where(peer => peer.IsEnabled).SelectMany(peer => peer.AllowedIps.Select(allowed => (Peer: peer, allowed.Network)))
                .OrderBy(of => of.Network.Address).ThenBy(of => of.Network.Length).ToList();
            var open = new System.Collections.Generic.Stack<(Peer Peer, IpPrefix Network)>();
            foreach (var (peer, network) in all)
            {
                while (open.Count > 0 && !open.Peek().Network.Contains(network.Address))
                    open.Pop();
                if (open.Count > 0 && open.Peek().Peer != peer && open.Peek().Network.Length is > 0 and var length && length < network.Length)
                {
                    var (outer, around) = open.Peek();
                    context.Report(this, peer.Node, $"allowed-ip {network} of peer {peer.Name} is inside of {around} of peer {outer.Name}: {peer.Name} has it", null,
                        peer.PositionOf(Peer.AllowedIpLeaf, network.ToString()), outer.PositionOf(Peer.AllowedIpLeaf, around.ToString()));
                }

                open.Push((peer, network));
            }
        }
    }
}
