using System.Collections.Generic;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TenantTieRule() : ValidationRule("tenant-tie", Severity.Error, "A prefix of a neighborhood belongs to one tenant: two that are as long say nothing.")
{
    internal override void Check(ValidationContext context)
    {
        var owners = new Dictionary<(string, IpPrefix), (Tenant Tenant, TenantMember Member)>();
        foreach (var tenant in context.Effective.Tenants)
        {
            foreach (var member in tenant.Members)
            {
                foreach (var address in member.Addresses)
                {
                    if (owners.TryAdd((member.Neighborhood, address.Network), (tenant, member)))
                        continue;
                    var other = owners[(member.Neighborhood, address.Network)];
                    if (other.Tenant.Name != tenant.Name)
                    {
                        context.Report(this, member.Node, $"{address} in neighborhood {member.Neighborhood} is of tenant {tenant.Name} and of tenant {other.Tenant.Name}: neither is the longer",
                            "take it out of one of them", member.PositionOf(TenantMember.AddressLeaf, address.ToString()), other.Member.PositionOf(TenantMember.AddressLeaf, address.ToString()));
                    }
                }
            }
        }
    }
}
