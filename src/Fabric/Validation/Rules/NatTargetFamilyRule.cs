using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class NatTargetFamilyRule() : RouterRule("nat-target-family", Severity.Warning, "A nat-target is of a family in which the service has addresses.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var route in router.ServiceRoutes)
        {
            if (route.IsGenerated || !context.Services.TryGetValue(route.ServiceName, out var view) || view.Service.Addresses.Count == 0)
                continue;
            foreach (var target in route.NatTargets)
            {
                if (target.Address is { } address && view.Service.Addresses.All(of => of.Prefix?.IsIPv6 != address.IsIPv6))
                {
                    context.Report(this, route.Node, $"nat-target {address} is {(address.IsIPv6 ? "IPv6" : "IPv4")}, and service {view.Name} has no address of that family",
                        "write a target of the service's family", route.PositionOf(ServiceRoute.NatTargetLeaf, target.ToString()));
                }
            }
        }
    }
}
