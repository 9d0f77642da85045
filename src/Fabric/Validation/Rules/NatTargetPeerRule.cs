using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Validation.Rules;

internal sealed class NatTargetPeerRule() : RouterRule("nat-target-peer", Severity.Warning, "What is sent into a profile is among the allowed IPs of one of its peers; WireGuard drops everything else.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var route in router.ServiceRoutes)
        {
            if (route.IsGenerated)
                continue;
            foreach (var hop in route.NextHops)
            {
                if (router.Profiles.FirstOrDefault(profile => GeneratedNames.Interface(profile.Name) == hop.Interface) is not { } into)
                    continue;
                foreach (var target in route.NatTargets)
                {
                    if (target.Address is { } address && Policy.FindPeer(into, address) is null)
                    {
                        context.Report(this, route.Node, $"service route {route.Name} sends {address} into profile {into.Name}, and no peer has it among its allowed IPs", $"write allowed-ip {address} at the peer that it is for",
                            route.PositionOf(ServiceRoute.NatTargetLeaf, target.ToString()), into.Position);
                    }
                }
            }
        }
    }
}
