using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;

namespace Warren.Fabric.Policies;

/// <summary>A service with what it inherits (facts B9): transports, routers and service policy of the nearest that says them; access policies of all, the child's own
/// before its parent's for the same source.</summary>
public sealed class ServiceView
{
    internal ServiceView(Service service, ServiceView? parent)
    {
        (Service, Parent) = (service, parent);
        Transports = service.Transports.Count > 0 || parent is null ? service.Transports : parent.Transports;
        AppliesTo = service.AppliesTo.Count > 0 || parent is null ? service.AppliesTo : parent.AppliesTo;
        ServicePolicy = service.ServicePolicy ?? parent?.ServicePolicy;
        AccessPolicies = parent is null || parent.AccessPolicies.Count == 0
            ? service.AccessPolicies
            : [.. service.AccessPolicies, .. parent.AccessPolicies.Where(inherited => service.AccessPolicies.All(own => own.Source != inherited.Source))];
    }

    /// <summary>The service.</summary>
    public Service Service { get; }

    /// <summary>What it inherits from; null for nothing.</summary>
    public ServiceView? Parent { get; }

    /// <summary>Its name.</summary>
    public string Name => Service.Name;

    /// <summary>What it speaks; empty for all.</summary>
    public IReadOnlyList<Transport> Transports { get; }

    /// <summary>Where it is; empty for everywhere.</summary>
    public IReadOnlyList<AppliesTo> AppliesTo { get; }

    /// <summary>Who.</summary>
    public IReadOnlyList<AccessPolicy> AccessPolicies { get; }

    /// <summary>The same with the least specific first: the last that is about a source decides.</summary>
    public IReadOnlyList<AccessPolicy> BySpecificity => field ??= Order(AccessPolicies);

    /// <summary>How its sessions are balanced and classed, or null.</summary>
    public string? ServicePolicy { get; }

    /// <summary>Policies with the least specific first.</summary>
    internal static AccessPolicy[] Order(IReadOnlyList<AccessPolicy> policies)
    {
        AccessPolicy[] ordered = [.. policies];
        var places = System.Array.ConvertAll(ordered, policy => (policy.Source.Tenant?.Length ?? -1, policy.Source.Prefix?.Length ?? -1));
        System.Array.Sort(places, ordered);
        return ordered;
    }

    /// <summary>Whether it is on a router: it is enabled, has addresses of its own, and applies there.</summary>
    public bool IsOn(Router router) => Service.IsEnabled && !Service.IsTemplate && AppliesAt(router);

    /// <summary>Whether it applies to a router.</summary>
    public bool AppliesAt(Router router)
    {
        System.ArgumentNullException.ThrowIfNull(router);
        if (AppliesTo.Count == 0)
            return true;
        foreach (var where in AppliesTo)
        {
            if (where.Type switch
            {
                "authority" => true,
                "router" => where.RouterNames.Contains(router.Name),
                "router-group" => where.GroupNames.Any(group => router.Groups.Contains(group)),
                _ => false,
            })
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
