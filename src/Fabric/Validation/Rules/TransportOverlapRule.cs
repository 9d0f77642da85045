using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TransportOverlapRule() : ValidationRule(
    "transport-overlap", Severity.Warning, "Two services with one prefix share no transport: where they do, the first by name has it (docs/adr/0017).")
{
    internal override void Check(ValidationContext context)
    {
        var byPrefix = new Dictionary<IpPrefix, List<ServiceView>>();
        foreach (var view in context.Services.Values.Where(view => view.Service is { IsEnabled: true, IsTemplate: false, IsGenerated: false }).OrderBy(view => view.Name, System.StringComparer.Ordinal))
        {
            foreach (var address in view.Service.Addresses)
            {
                if (address.Prefix is not { } prefix)
                    continue;
                if (!byPrefix.TryGetValue(prefix, out var others))
                    byPrefix[prefix] = others = [];
                foreach (var other in others)
                {
                    if (Overlap(view, other) && context.Effective.Routers.Any(router => view.IsOn(router) && other.IsOn(router)))
                    {
                        context.Report(this, view.Service.Node, $"services {other.Name} and {view.Name} both have {prefix} with transports in common: for a tenant of both, {other.Name} has them, being first by name",
                            "give them different transports or prefixes", view.Service.PositionOf(Service.AddressLeaf, address.ToString()), other.Service.PositionOf(Service.AddressLeaf, address.ToString()));
                    }
                }

                others.Add(view);
            }
        }
    }

    // Stages are apart: what names ports never meets what names none.
    private static bool Overlap(ServiceView left, ServiceView right)
    {
        if (left.Transports.Count == 0 || right.Transports.Count == 0)
            return left.Transports.Count == right.Transports.Count;
        return left.Transports.Any(one => right.Transports.Any(two => one.Protocol == two.Protocol && (one.Ports.Count == 0) == (two.Ports.Count == 0)
            && (one.Ports.Count == 0 || one.Ports.Any(a => two.Ports.Any(b => a.From <= b.To && b.From <= a.To)))));
    }
}
