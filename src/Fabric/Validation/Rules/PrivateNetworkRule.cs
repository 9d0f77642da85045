using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class PrivateNetworkRule() : RouterRule("private-network", Severity.Error, "A profile has a private network: a neighborhood, by which its peers get tenants, and one address per family.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            if (profile.PrivateNetwork is not { } network)
            {
                context.Report(this, profile.Node, $"profile {profile.Name} has no private-network", "write private-network with neighborhood and address");
                continue;
            }

            foreach (var family in network.Addresses.GroupBy(address => address.IsIPv6).Where(family => family.Count() > 1))
            {
                context.Report(this, network.Node, $"profile {profile.Name} has {family.Count()} {(family.Key ? "IPv6" : "IPv4")} networks", "keep one per family",
                    network.PositionOf(PrivateNetwork.AddressLeaf, family.Last().ToString()));
            }
        }
    }
}
