using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class LoopbackOverlapRule() : RouterRule("loopback-overlap", Severity.Error, "Internal networks of profiles are apart, from each other and from the router's other networks, and of IPv4.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        var written = router.Profiles.Where(profile => profile.Loopback is not null).ToList();
        for (var i = 0; i < written.Count; i++)
        {
            var own = written[i].Loopback!.Value.Network;
            if (own.IsIPv6 || own.Length > 31)
                context.Report(this, written[i].Node, $"loopback-address {own} has no two IPv4 addresses", "write an IPv4 prefix of 31 bits or less", written[i].PositionOf(WireguardProfile.LoopbackLeaf));
            for (var j = 0; j < i; j++)
            {
                var other = written[j].Loopback!.Value.Network;
                if (own.Contains(other.Address) || other.Contains(own.Address))
                {
                    context.Report(this, written[i].Node, $"the loopback-address of {written[i].Name} overlaps that of {written[j].Name}", "write another, or none", written[i].PositionOf(WireguardProfile.LoopbackLeaf),
                        written[j].PositionOf(WireguardProfile.LoopbackLeaf));
                }
            }
        }

        foreach (var profile in written)
            CheckInterfaces(context, router, profile);
    }

    // A device of the profile's name is no neighbour: it is what the profile implies, or an error of its own (profile-name).
    private void CheckInterfaces(ValidationContext context, Router router, WireguardProfile profile)
    {
        var own = profile.Loopback!.Value.Network;
        foreach (var device in router.Nodes.SelectMany(node => node.Devices).Where(device => !device.IsGenerated && device.Name != profile.Name))
        {
            foreach (var network in device.Interfaces)
            {
                foreach (var address in network.Addresses)
                {
                    var other = new IpPrefix(address.Address, address.PrefixLength);
                    if (own.Contains(other.Address) || other.Contains(own.Address))
                    {
                        context.Report(this, profile.Node, $"the loopback-address of {profile.Name} overlaps {other}, the network of interface {network.Name}: packets to it would go the wrong way", "write another, or none",
                            profile.PositionOf(WireguardProfile.LoopbackLeaf), address.Position);
                    }
                }
            }
        }
    }
}
