using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;

namespace Warren.Fabric.Check.Rules;

/// <summary>Tenants whom no service lets in.</summary>
internal sealed class TenantWithoutServiceRule() : CheckRule("tenant-without-service", "a tenant may use no service: its members reach nothing")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var document in survey.Documents.Where(document => document.Authority is not null))
        {
            var authority = new Authority(document.Authority!);
            if (authority.Services.Any(service => service.Scope == Scope.Public))
                continue;
            var allowed = new HashSet<string>();
            foreach (var policy in authority.Services.SelectMany(service => service.AccessPolicies))
            {
                if (policy.Permission == Permission.Allow && policy.Source.Tenant is { } name)
                    allowed.Add(name);
            }

            foreach (var tenant in authority.Tenants)
            {
                if (!Served(tenant.Name, allowed))
                {
                    remarks.Warning(this, tenant.Position, $"no service allows the tenant {tenant.Name}: its members are let in and reach nothing",
                        $"service NAME with address PREFIX and access-policy {tenant.Name}");
                }
            }
        }
    }

    // A policy for a tenant is also one for the tenants inside of it.
    private static bool Served(string tenant, HashSet<string> allowed)
    {
        for (string? name = tenant; name is not null; name = Tenant.ParentOf(name))
        {
            if (allowed.Contains(name))
                return true;
        }

        return allowed.Contains(Tenant.Global);
    }
}
