using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ServiceRouteTargetRule() : RouterRule("service-route-target", Severity.Error, "A service route leads somewhere, and not to a peer and a nat-target at once (facts B10).")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var route in router.ServiceRoutes)
        {
            var peer = route.Node.Child(ServiceRoute.Schema.Find("peer")!);
            var stack = route.Node.Child(ServiceRoute.Schema.Find("routing-stack")!);
            if (route.NextHops.Count == 0 && peer is null && route.NatTargets.Count == 0 && !route.UsesLearnedRoutes && stack is null && route.Hosts.Count == 0)
            {
                context.Report(this, route.Node, "A service route must have at least one next-hop, peer, nat-target, use-learned-routes, routing-stack or host configured. It cannot have both the peer and nat-target configured.",
                    $"write next-hop <node> <interface> in service-route {route.Name}");
            }

            if (peer is not null && route.NatTargets.Count > 0)
                context.Report(this, route.Node, $"service route {route.Name} has both peer and nat-target", "take out one of them", peer.Position, route.PositionOf(ServiceRoute.NatTargetLeaf));
            if (route.NatTargets.Count > 2 || (route.NatTargets.Count == 2 && route.NatTargets[0].Address?.IsIPv6 == route.NatTargets[1].Address?.IsIPv6))
                context.Report(this, route.Node, $"service route {route.Name} has two nat-targets of one family: sessions go to the first", "write a service route for each", route.PositionOf(ServiceRoute.NatTargetLeaf));
            foreach (var target in route.NatTargets)
            {
                if (target.Name is not null)
                    context.Report(this, route.Node, $"service route {route.Name}: names are not looked up, and nat-target {target.Name} is none", "write its address", route.PositionOf(ServiceRoute.NatTargetLeaf, target.Name));
            }
        }
    }
}
