using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Verification;

/// <summary>
/// Proves what an authority expects (<c>expect tenant T reach service S</c>, <c>not-reach</c>, <c>expect isolated A B</c>) over all addresses, ports and both families, at every node. What does not hold is an error with
/// a packet that shows it.
/// </summary>
public sealed class Verifier
{
    private readonly Authority _authority;
    private readonly ServiceCatalog _catalog;
    private readonly List<(Router Router, RouterNode Node, Lazy<Outcomes?> Outcomes)> _nodes = [];
    private readonly List<Finding> _findings = [];

    private Verifier(Authority authority, IReadOnlyDictionary<string, NodePlan>? plans)
    {
        _authority = authority;
        _catalog = new ServiceCatalog(authority);
        foreach (var router in authority.Routers)
        {
            foreach (var node in router.Nodes)
            {
                _nodes.Add((router, node, new Lazy<Outcomes?>(() =>
                    (plans is null ? PlanCompiler.Compile(authority, router, node, services: _catalog).Plan : plans.GetValueOrDefault($"{node.Name}.{router.Name}")) is { } plan ? new Outcomes(plan) : null)));
            }
        }
    }

    /// <summary>Proves all; what comes back does not hold.</summary>
    /// <param name="effective">The configuration with everything generated.</param>
    /// <param name="plans">Plans by "node.router", where they were made already; null to make them.</param>
    public static IReadOnlyList<Finding> Verify(Authority effective, IReadOnlyDictionary<string, NodePlan>? plans = null)
    {
        ArgumentNullException.ThrowIfNull(effective);
        if (effective.Expectations is not { } expectations)
            return [];
        var verifier = new Verifier(effective, plans);
        foreach (var tenant in expectations.Tenants)
        {
            foreach (var service in tenant.Reach)
                verifier.Check(tenant, service, mustReach: true);
            foreach (var service in tenant.NotReach)
                verifier.Check(tenant, service, mustReach: false);
        }

        foreach (var pair in expectations.Isolated)
        {
            verifier.Check(pair, pair.Tenant, pair.Other);
            verifier.Check(pair, pair.Other, pair.Tenant);
        }

        return verifier._findings;
    }

    /// <summary>How many expectations an authority has.</summary>
    public static int Count(Authority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return authority.Expectations is { } of ? of.Tenants.Sum(tenant => tenant.Reach.Count + tenant.NotReach.Count) + of.Isolated.Count : 0;
    }

    private void Check(ExpectedTenant tenant, ExpectedService expected, bool mustReach)
    {
        var name = $"tenant {tenant.Tenant} {(mustReach ? "reaches" : "does not reach")} service {expected.Service}";
        if (_authority.Tenants.All(of => of.Name != tenant.Tenant))
        {
            Fail(tenant, $"{name} cannot be proven: there is no tenant {tenant.Tenant}", Near(tenant.Tenant, _authority.Tenants.Select(of => of.Name)));
            return;
        }

        if (!_catalog.ByName.TryGetValue(expected.Service, out var view))
        {
            Fail(expected, $"{name} cannot be proven: there is no service {expected.Service}", Near(expected.Service, _catalog.ByName.Keys));
            return;
        }

        var regions = Regions(view, expected);
        var isAnywhere = false;
        foreach (var (router, node, lazy) in _nodes)
        {
            if (!view.IsOn(router) || (expected.Routers.Count > 0 && !expected.Routers.Contains(router.Name)) || lazy.Value is not { } outcomes)
                continue;
            foreach (var source in outcomes.SourcesOf(of => Tenant.IsInside(of, tenant.Tenant)))
            {
                foreach (var region in regions)
                {
                    if (region.Addresses.IsIPv6 != source.Addresses.IsIPv6)
                        continue;
                    isAnywhere = true;
                    foreach (var piece in outcomes.Of(source.Class, region))
                    {
                        var passes = piece.Verdict is Verdict.Allowed or Verdict.AllowedHere;
                        if (passes == mustReach)
                            continue;
                        Fail(expected, $"{name}: not so. {Show(router, node, outcomes, source, piece)}", null);
                        return;
                    }
                }
            }
        }

        if (mustReach && !isAnywhere)
            Fail(expected, $"{name}: not so. No router has both a source of {tenant.Tenant} and the service, in one family", "give the tenant a member where the service is");
    }

    private void Check(ExpectedIsolation pair, string from, string to)
    {
        foreach (var name in (string[])[from, to])
        {
            if (_authority.Tenants.All(of => of.Name != name))
            {
                if (name == from)
                    Fail(pair, $"{from} is apart from {to} cannot be proven: there is no tenant {name}", Near(name, _authority.Tenants.Select(of => of.Name)));
                return;
            }
        }

        foreach (var (router, node, lazy) in _nodes)
        {
            if (lazy.Value is not { } outcomes)
                continue;
            var addresses = AddressesOf(to, node);
            foreach (var source in outcomes.SourcesOf(of => Tenant.IsInside(of, from)))
            {
                foreach (var range in addresses.Where(range => range.IsIPv6 == source.Addresses.IsIPv6))
                {
                    foreach (var protocol in Region.Protocols)
                    {
                        foreach (var piece in outcomes.Of(source.Class, new Region(range, protocol, 0, ushort.MaxValue)))
                        {
                            if (piece.Verdict is not (Verdict.Allowed or Verdict.AllowedHere))
                                continue;
                            Fail(pair, $"{from} is apart from {to}: not so. {Show(router, node, outcomes, source, piece)}", null);
                            return;
                        }
                    }
                }
            }
        }
    }

    // Where a tenant is: its members, prefixes of interfaces, and the networks of interfaces that are its own.
    private List<AddressRange> AddressesOf(string name, RouterNode node)
    {
        var ranges = new HashSet<AddressRange>();
        foreach (var tenant in _authority.Tenants)
        {
            if (Tenant.IsInside(tenant.Name, name))
                ranges.UnionWith(tenant.Members.SelectMany(member => member.Addresses).Select(address => AddressRange.Of(address.Network)));
        }

        foreach (var network in node.Devices.SelectMany(device => device.Interfaces))
        {
            if (network.Tenant is { } own && Tenant.IsInside(own, name))
                ranges.UnionWith(network.Addresses.Select(address => AddressRange.Of(new IpPrefix(address.Address, address.PrefixLength))));
            ranges.UnionWith(network.TenantPrefixes.Where(of => Tenant.IsInside(of.Tenant, name)).SelectMany(of => of.Sources).Select(source => AddressRange.Of(source.Network)));
        }

        return [.. ranges];
    }

    // Every address, protocol and port of a service, or the part that is named.
    private static List<Region> Regions(ServiceView view, ExpectedService expected)
    {
        var regions = new List<Region>();
        foreach (var address in view.Service.Addresses)
        {
            if (address.Prefix is not { } prefix)
                continue;
            var whole = new Region(AddressRange.Of(prefix), IpProtocol.Tcp, 0, ushort.MaxValue);
            var parts = expected.Addresses.Count == 0
                ? [whole]
                : expected.Addresses.Select(part => whole.Intersect(AddressRange.Of(part.Network), 0, ushort.MaxValue)).OfType<Region>().ToList();
            foreach (var part in parts)
            {
                if (view.Transports.Count == 0)
                {
                    foreach (var protocol in Region.Protocols)
                        Add(part with { Protocol = protocol });
                }

                foreach (var transport in view.Transports)
                {
                    if (transport.Ports.Count == 0 || !IpProtocols.HasPorts(transport.Protocol))
                        Add(part with { Protocol = transport.Protocol });
                    else
                        transport.Ports.ToList().ForEach(range => Add(part with { Protocol = transport.Protocol, FromPort = range.From, ToPort = range.To }));
                }
            }
        }

        return regions;

        void Add(Region region)
        {
            if (expected.Protocol != IpProtocol.Any && region.Protocol != expected.Protocol)
                return;
            if (expected.Port is { } port)
            {
                if (region.Intersect(region.Addresses, port, port) is { } one)
                    regions.Add(one);
            }
            else if (region.FromPort <= region.ToPort)
            {
                regions.Add(region);
            }
        }
    }

    private static string Show(Router router, RouterNode node, Outcomes outcomes, SourceRow source, Outcomes.Piece piece)
    {
        var (destination, port) = piece.Region.Example();
        var packet = new Packet(outcomes.Plan.Interfaces.First(of => of.Id == source.Interface).Name, source.Addresses.From, destination, piece.Region.Protocol, port);
        var said = piece.Verdict switch
        {
            Verdict.Allowed or Verdict.AllowedHere => $"passes, as {piece.Service}",
            Verdict.Denied => $"is denied by {piece.Service}",
            Verdict.NoRoute => $"is of {piece.Service}, which has no way there",
            Verdict.NoPeer => $"is of {piece.Service}, and no peer has the destination",
            _ => "is of no service that it may use",
        };
        return $"At {node.Name}.{router.Name}, {packet} {said}";
    }

    private static string? Near(string name, IEnumerable<string> names) => Spelling.Nearest(name, names) is { } near ? $"write {near}" : null;

    private void Fail(Element of, string message, string? fix) =>
        _findings.Add(new Finding("expectation", Severity.Error, message) { Position = of.Position, Fix = fix });
}
