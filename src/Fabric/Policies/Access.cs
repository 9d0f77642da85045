using System.Collections.Generic;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

/// <summary>Whether a source may use a service.</summary>
/// <remarks>The most specific policy decides: one that names a tenant before one that names a prefix alone; among tenants the innermost; with the same tenant, or none, the longest
/// prefix. Where none is about the source, a public service is for everybody, and a private one is as if it were not there (facts C2).</remarks>
public static class Access
{
    /// <summary>The policy that decides, or null.</summary>
    public static AccessPolicy? Find(IReadOnlyList<AccessPolicy> policies, string tenant, IpAddress source)
    {
        System.ArgumentNullException.ThrowIfNull(policies);
        AccessPolicy? best = null;
        var most = (Tenant: -1, Prefix: -1);
        foreach (var policy in policies)
        {
            var who = policy.Source;
            if (who.Tenant is { } named && !Tenant.IsInside(tenant, named))
                continue;
            if (who.Prefix is { } prefix && !prefix.Contains(source))
                continue;
            var rank = (Tenant: who.Tenant?.Length ?? -1, Prefix: who.Prefix?.Length ?? -1);
            if (best is null || rank.CompareTo(most) > 0)
                (best, most) = (policy, rank);
        }

        return best;
    }
}
