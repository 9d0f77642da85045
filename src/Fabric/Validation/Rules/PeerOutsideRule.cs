using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class PeerOutsideRule() : RouterRule("peer-outside", Severity.Warning, "A peer has an allowed IP, and one inside of the private network.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            if (profile.PrivateNetwork is not { Addresses.Count: > 0 } network)
                continue;
            foreach (var peer in profile.Peers.Where(peer => peer.IsEnabled))
            {
                if (peer.AllowedIps.Count == 0)
                {
                    context.Report(this, peer.Node, $"peer {peer.Name} has no allowed-ip: nothing is sent to it, and everything from it is dropped", "write allowed-ip and its address inside");
                }
                else if (!peer.AllowedIps.Any(allowed => network.Addresses.Any(own => own.Network.Contains(allowed.Address) || allowed.Network.Contains(own.Address))))
                {
                    context.Report(this, peer.Node, $"no allowed-ip of peer {peer.Name} is inside of {string.Join(" or ", network.Addresses.Select(own => own.Network))}, the private network", "write its address inside",
                        peer.PositionOf(Peer.AllowedIpLeaf), network.Position);
                }
            }
        }
    }
}
