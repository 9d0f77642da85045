using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TenantWithoutMembersRule() : ValidationRule("tenant-without-members", Severity.Warning, "A tenant has sources: members, an interface, or tenants inside of it.")
{
    internal override void Check(ValidationContext context)
    {
        var networks = context.Effective.Routers.SelectMany(router => router.Nodes).SelectMany(node => node.Devices).SelectMany(device => device.Interfaces).ToList();
        var used = new HashSet<string>(networks.Select(network => network.Tenant).OfType<string>());
        used.UnionWith(networks.SelectMany(network => network.TenantPrefixes).Select(prefix => prefix.Tenant));
        var labels = networks.SelectMany(network => network.Neighborhoods).Select(label => label.Name).ToHashSet();
        var parents = context.Effective.Tenants.Select(tenant => tenant.Parent).OfType<string>().ToHashSet();
        foreach (var tenant in context.Effective.Tenants)
        {
            if (tenant.Members.Count == 0 && !used.Contains(tenant.Name) && !parents.Contains(tenant.Name))
                context.Report(this, tenant.Node, $"tenant {tenant.Name} has no sources: no member, and no interface is its own", $"write tenant {tenant.Name} at an interface, or a member in it");
            foreach (var member in tenant.Members)
            {
                if (!labels.Contains(member.Neighborhood))
                {
                    context.Report(this, member.Node, $"no interface is in neighborhood {member.Neighborhood}, of which tenant {tenant.Name} has members",
                        $"write neighborhood {member.Neighborhood} at an interface or in a profile's private-network", member.PositionOf(TenantMember.NeighborhoodLeaf));
                }
            }
        }
    }
}
