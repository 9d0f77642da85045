using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class PrivateNetworkOverlapRule() : RouterRule("private-network-overlap", Severity.Warning, "A private network is apart from the router's other networks: a packet to it has one way.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        var networks = router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces).Where(network => !network.IsGenerated)
            .SelectMany(network => network.Addresses.Where(address => address.PrefixLength < address.Address.BitLength).Select(address => (network.Name, Address: address, Prefix: new IpPrefix(address.Address, address.PrefixLength)))).ToList();
        foreach (var profile in router.Profiles)
        {
            foreach (var own in profile.PrivateNetwork?.Addresses ?? [])
            {
                foreach (var (name, address, prefix) in networks)
                {
                    if (prefix.Contains(own.Network.Address) || own.Network.Contains(prefix.Address))
                    {
                        context.Report(this, profile.PrivateNetwork!.Node, $"the private network {own.Network} of profile {profile.Name} overlaps {prefix}, the network of {name}", "use another network inside",
                            profile.PrivateNetwork.PositionOf(PrivateNetwork.AddressLeaf, own.ToString()), address.Position);
                    }
                }
            }
        }
    }
}
