using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TenantReachesNothingRule() : ValidationRule("tenant-reaches-nothing", Severity.Warning, "A tenant may use some service: a profile or an interface by itself gives access to nothing.")
{
    internal override void Check(ValidationContext context)
    {
        var services = context.Services.Values.Where(view => view.Service.IsEnabled && !view.Service.IsTemplate && !view.Service.IsGenerated).ToList();
        if (services.Exists(view => view.Service.Scope == Scope.Public || view.AccessPolicies.Any(policy => policy.Source.Tenant is null && policy.Permission == Permission.Allow)))
            return;
        var allowed = new HashSet<string>(services.SelectMany(view => view.AccessPolicies).Where(policy => policy.Permission == Permission.Allow).Select(policy => policy.Source.Tenant).OfType<string>());
        foreach (var tenant in context.Effective.Tenants)
        {
            if (!IsAllowed(tenant.Name, allowed))
                context.Report(this, tenant.Node, $"tenant {tenant.Name} may use no service: no access-policy allows it", $"write access-policy {tenant.Name} in a service");
        }
    }

    private static bool IsAllowed(string tenant, HashSet<string> allowed)
    {
        for (var name = tenant; name is not null; name = Tenant.ParentOf(name))
        {
            if (allowed.Contains(name))
                return true;
        }

        return allowed.Any(name => Tenant.IsInside(name, tenant));
    }
}
