using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class AllowedIpSwallowsRule() : RouterRule("allowed-ip-swallows", Severity.Warning, "Allowed IPs of a peer hold neither the router's own address inside, nor the endpoint of a peer, short of everything.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            var endpoints = profile.Peers.Select(peer => (peer.Name, peer.Endpoint?.Address)).Where(of => of.Address is not null).ToList();
            foreach (var peer in profile.Peers.Where(peer => peer.IsEnabled))
            {
                foreach (var allowed in peer.AllowedIps.Where(allowed => allowed.Length > 0))
                {
                    foreach (var own in (profile.PrivateNetwork?.Addresses ?? []).Where(own => allowed.Network.Contains(own.Address)))
                    {
                        context.Report(this, peer.Node, $"allowed-ip {allowed} of peer {peer.Name} holds {own.Address}, the router's own address inside", "write the peer's own addresses",
                            peer.PositionOf(Peer.AllowedIpLeaf, allowed.ToString()), profile.PrivateNetwork!.Position);
                    }

                    foreach (var (name, address) in endpoints.Where(of => allowed.Network.Contains(of.Address!.Value)))
                        context.Report(this, peer.Node, $"allowed-ip {allowed} of peer {peer.Name} holds the endpoint {address} of peer {name}: outside of the tunnel it is, not inside", "take it out of the allowed IPs", peer.PositionOf(Peer.AllowedIpLeaf, allowed.ToString()));
                }
            }
        }
    }
}
