using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ServiceRouteAppliesRule() : RouterRule("service-route-applies", Severity.Error, "A service route is for a service that is on the router.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var route in router.ServiceRoutes)
        {
            if (context.Services.TryGetValue(route.ServiceName, out var view) && !view.AppliesAt(router))
                context.Report(this, route.Node, $"service {route.ServiceName} does not apply to router {router.Name}", $"let it apply to {router.Name}", route.PositionOf(ServiceRoute.ServiceNameLeaf));
        }
    }
}
