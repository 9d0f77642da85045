using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class AllowedIpSharedRule() : RouterRule("allowed-ip-shared", Severity.Error, "A prefix is an allowed IP of one peer of a profile: of two, the last has it and the first has nothing.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            var owners = new Dictionary<IpPrefix, Peer>();
            foreach (var peer in profile.Peers.Where(peer => peer.IsEnabled))
            {
                foreach (var allowed in peer.AllowedIps)
                {
                    if (owners.TryAdd(allowed.Network, peer) || owners[allowed.Network] == peer)
                        continue;
                    context.Report(this, peer.Node, $"peers {owners[allowed.Network].Name} and {peer.Name} of profile {profile.Name} both have allowed-ip {allowed}: only {peer.Name} would get its packets",
                        "take it from one of them", peer.PositionOf(Peer.AllowedIpLeaf, allowed.ToString()), owners[allowed.Network].PositionOf(Peer.AllowedIpLeaf, allowed.ToString()));
                }
            }
        }
    }
}
