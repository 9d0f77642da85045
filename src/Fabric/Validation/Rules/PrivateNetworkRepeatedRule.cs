using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class PrivateNetworkRepeatedRule() : ValidationRule(
    "private-network-repeated", Severity.Warning, "A private network that two routers have is fine while their LANs are apart: a server on a LAN of both may answer through the wrong one.")
{
    internal override void Check(ValidationContext context)
    {
        var byNetwork = new Dictionary<IpPrefix, List<Router>>();
        foreach (var router in context.Effective.Routers)
        {
            foreach (var network in router.Profiles.SelectMany(profile => profile.PrivateNetwork?.Addresses ?? []).Select(address => address.Network).Distinct())
            {
                if (!byNetwork.TryGetValue(network, out var routers))
                    byNetwork[network] = routers = [];
                routers.Add(router);
            }
        }

        foreach (var (network, routers) in byNetwork)
        {
            // By LAN, so that a thousand routers with one private network are not looked at in pairs.
            var lans = new Dictionary<IpPrefix, Router>();
            foreach (var router in routers)
            {
                foreach (var lan in Lans(router))
                {
                    if (lans.TryAdd(lan, router) || lans[lan].Name == router.Name)
                        continue;
                    context.Router = router;
                    context.Report(this, router.Node, $"routers {lans[lan].Name} and {router.Name} both have the private network {network} and the LAN {lan}: a server there may answer a peer of the one through the other",
                        "give one of them another private network, or source-nat towards the LAN", other: lans[lan].Position);
                    context.Router = null;
                }
            }
        }
    }

    private static IEnumerable<IpPrefix> Lans(Router router) =>
        router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces)
            .Where(network => network is { IsGenerated: false, SourceNat: false } && network.Addresses.All(address => address.Profile is null && address.Gateway is null))
            .SelectMany(network => network.Addresses).Where(address => address.PrefixLength < address.Address.BitLength).Select(address => new IpPrefix(address.Address, address.PrefixLength)).Distinct();
}
