using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

// Who a source is, and what it may do: a class per distinct answer to "which services, and which of the machine's own".
public sealed partial class PlanCompiler
{
    private const char None = '0', Allowed = '1', Denied = '2';

    // Sources that may do the same: what each service and each offer says to them, a letter each.
    private sealed record SourceClass(int Id, string Answers, HashSet<string> Tenants);

    // Access policies with the least specific first: the last that applies decides.
    private sealed class Rules(IReadOnlyList<AccessPolicy> policies, char otherwise)
    {
        public char Answer(string tenant, IpAddress source)
        {
            var answer = otherwise;
            for (var i = 0; i < policies.Count; i++)
            {
                var policy = policies[i];
                if ((policy.Source.Tenant is not { } of || Tenant.IsInside(tenant, of)) && policy.Source.Prefix?.Contains(source) != false)
                    answer = policy.Permission == Permission.Allow ? Allowed : Denied;
            }

            return answer;
        }

        public IEnumerable<(string? Tenant, IpPrefix Prefix)> Prefixes =>
            policies.Where(policy => policy.Source.Prefix is not null).Select(policy => (policy.Source.Tenant, policy.Source.Prefix!.Value));
    }

    private List<SourceRow> CompileSources(out List<SourceClass> classes)
    {
        var rules = new List<Rules>();
        rules.AddRange(_services.Select(view => new Rules(view.BySpecificity, view.Service.Scope == Scope.Public ? Allowed : None)));
        rules.AddRange(_offers.Select(offer => new Rules(ServiceView.Order(offer.Policies), offer.IsPublic ? Allowed : Denied)));
        var prefixes = rules.SelectMany(rule => rule.Prefixes).Distinct().ToList();
        var byAnswers = new Dictionary<string, SourceClass>();
        var known = new Dictionary<(string Tenant, string Inside), SourceClass>();
        var rows = new List<SourceRow>();
        foreach (var port in _ports.OrderBy(port => port.Plan.Id))
        {
            foreach (var box in Flattening.Flatten(Members(port.Network)))
            {
                var tenant = box.Outcome;
                var relevant = prefixes.Where(p => p.Prefix.IsIPv6 == box.Addresses.IsIPv6 && (p.Tenant is null || Tenant.IsInside(tenant, p.Tenant)))
                    .Select(p => p.Prefix).Distinct().ToList();
                foreach (var range in Cut(box.Addresses, relevant))
                {
                    var inside = string.Join(' ', relevant.Where(prefix => prefix.Contains(range.From)));
                    if (!known.TryGetValue((tenant, inside), out var found))
                    {
                        var answers = string.Create(rules.Count, (rules, tenant, range.From), static (letters, of) =>
                        {
                            for (var i = 0; i < letters.Length; i++)
                                letters[i] = of.rules[i].Answer(of.tenant, of.From);
                        });
                        if (!byAnswers.TryGetValue(answers, out found))
                            byAnswers[answers] = found = new SourceClass(byAnswers.Count + 1, answers, []);
                        known[(tenant, inside)] = found;
                    }

                    found.Tenants.Add(tenant);
                    if (rows.Count > 0 && rows[^1] is var last && last.Interface == port.Plan.Id && last.Tenant == tenant && last.Class == found.Id
                        && last.Addresses.IsIPv6 == range.IsIPv6 && last.Addresses.To < range.From && AddressRange.After(last.Addresses.To) == range.From)
                        rows[^1] = last with { Addresses = new AddressRange(last.Addresses.From, range.To) };
                    else
                        rows.Add(new SourceRow(port.Plan.Id, range, tenant, found.Id));
                }
            }
        }

        classes = [.. byAnswers.Values.OrderBy(of => of.Id)];
        return rows;
    }

    // Facts C1, as prefixes: the interface's own tenant or <global> for all, and over it members and prefixes, where those of an interface's tenant may only be inside of it.
    private List<Flattening.Rule<string>> Members(NetworkInterface network)
    {
        var otherwise = network.Tenant ?? Tenant.Global;
        var rules = new List<Flattening.Rule<string>>();
        foreach (var isIPv6 in (ReadOnlySpan<bool>)[false, true])
            rules.Add(new(new IpPrefix(AddressRange.All(isIPv6).From, 0), PortRange.All, int.MaxValue, otherwise));
        var labels = network.Neighborhoods.Select(label => label.Name).ToHashSet();
        var found = new List<(string Tenant, IpPrefix Prefix)>();
        foreach (var tenant in _authority.Tenants)
        {
            foreach (var member in tenant.Members)
            {
                if (labels.Contains(member.Neighborhood))
                    found.AddRange(member.Addresses.Select(address => (tenant.Name, address.Network)));
            }
        }

        found.AddRange(network.TenantPrefixes.SelectMany(of => of.Sources.Select(source => (of.Tenant, source.Network))));
        found.RemoveAll(of => network.Tenant is { } around && !Tenant.IsInside(of.Tenant, around));
        found.Sort((left, right) => string.CompareOrdinal(left.Tenant, right.Tenant));
        for (var rank = 0; rank < found.Count; rank++)
            rules.Add(new(found[rank].Prefix, PortRange.All, rank, found[rank].Tenant));
        return rules;
    }

    // A range cut wherever one of the prefixes begins or ends in it.
    private static IEnumerable<AddressRange> Cut(AddressRange range, List<IpPrefix> prefixes)
    {
        var starts = new SortedSet<IpAddress> { range.From };
        foreach (var prefix in prefixes)
        {
            var of = AddressRange.Of(prefix);
            if (range.Contains(of.From))
                starts.Add(of.From);
            if (of.To < range.To && range.Contains(of.To))
                starts.Add(AddressRange.After(of.To));
        }

        IpAddress? from = null;
        foreach (var start in starts)
        {
            if (from is { } begun)
                yield return new AddressRange(begun, AddressRange.Before(start));
            from = start;
        }

        yield return new AddressRange(from!.Value, range.To);
    }
}
