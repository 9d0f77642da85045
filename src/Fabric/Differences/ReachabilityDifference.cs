using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Fabric.Verification;

namespace Warren.Fabric.Differences;

/// <summary>Which tenant gained or lost which service between two plans of a node: over all destinations, by interval algebra.</summary>
public static class ReachabilityDifference
{
    /// <summary>The changes, by tenant and service; one example each.</summary>
    public static IReadOnlyList<ReachabilityChange> Between(NodePlan? before, NodePlan? after)
    {
        var changes = new List<ReachabilityChange>();
        if (before is null && after is null)
            return changes;
        var (old, young) = (before is null ? null : new Outcomes(before), after is null ? null : new Outcomes(after));
        var tenants = Tenants(before).Union(Tenants(after)).Order(StringComparer.Ordinal);
        foreach (var tenant in tenants)
        {
            Compare(changes, tenant, young, old, isGained: true);
            Compare(changes, tenant, old, young, isGained: false);
        }

        return changes;
    }

    private static IEnumerable<string> Tenants(NodePlan? plan) => plan?.Sources.Select(row => row.Tenant).Distinct() ?? [];

    // What passes here and not there. One source per class is enough on this side; on the other, the same source may be of a class that differs.
    private static void Compare(List<ReachabilityChange> changes, string tenant, Outcomes? here, Outcomes? there, bool isGained)
    {
        if (here is null)
            return;
        var told = new HashSet<string>();
        var seen = new HashSet<(int, int)>();
        foreach (var source in here.SourcesOf(of => of == tenant))
        {
            foreach (var (counterpart, other) in Counterparts(here, source, there))
            {
                if (!seen.Add((counterpart.Class, other)))
                    continue;
                foreach (var row in here.Plan.Services.Where(row => row.Class == source.Class && row.Entry != 0 && row.Addresses.IsIPv6 == source.Addresses.IsIPv6 && !told.Contains(row.Service)))
                {
                    foreach (var protocol in row.Protocol == IpProtocol.Any ? Region.Protocols : [row.Protocol])
                    {
                        if (Example(here, there, source.Class, other, new Region(row.Addresses, protocol, row.FromPort, row.ToPort), row.Service) is not { } region || !told.Add(row.Service))
                            continue;
                        var (destination, port) = region.Example();
                        changes.Add(new ReachabilityChange(here.Plan.Router, here.Plan.Node, tenant, row.Service, isGained,
                            new Packet(here.Plan.Interfaces.First(of => of.Id == source.Interface).Name, counterpart.Addresses.From, destination, protocol, port)));
                        break;
                    }
                }
            }
        }
    }

    // The classes that the same sources have on the other side, by interface name; 0 where they cannot come in there.
    private static IEnumerable<(SourceRow Source, int Class)> Counterparts(Outcomes here, SourceRow source, Outcomes? there)
    {
        var name = here.Plan.Interfaces.First(of => of.Id == source.Interface).Name;
        if (there?.Plan.Interfaces.FirstOrDefault(of => of.Name == name) is not { } same)
        {
            yield return (source, 0);
            yield break;
        }

        var left = new List<Region> { new(source.Addresses, IpProtocol.Tcp, 0, 0) };
        foreach (var row in there.SourcesOf(_ => true).Where(row => row.Interface == same.Id))
        {
            foreach (var common in left.Select(part => part.Intersect(row.Addresses, 0, 0)).OfType<Region>().ToList())
            {
                left = Region.Without(left, common);
                yield return (source with { Addresses = common.Addresses }, row.Class);
            }
        }

        foreach (var part in left)
            yield return (source with { Addresses = part.Addresses }, 0);
    }

    private static Region? Example(Outcomes here, Outcomes? there, int sourceClass, int otherClass, Region region, string service)
    {
        foreach (var piece in here.Of(sourceClass, region))
        {
            if (piece.Verdict is not (Verdict.Allowed or Verdict.AllowedHere) || piece.Service != service)
                continue;
            if (there is null || otherClass == 0)
                return piece.Region;
            foreach (var other in there.Of(otherClass, piece.Region))
            {
                if (other.Verdict is not (Verdict.Allowed or Verdict.AllowedHere))
                    return other.Region;
            }
        }

        return null;
    }
}
