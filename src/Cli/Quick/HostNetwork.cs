using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick;
using Warren.Linux;
using Warren.Linux.Netlink;
using Warren.Protocol.Routing;

namespace Warren.Cli.Quick;

/// <summary>Links, addresses, routes and rules of this network namespace, in the words of a tunnel.</summary>
internal sealed class HostNetwork : IDisposable
{
    /// <summary>The table that holds a host's ordinary routes.</summary>
    public const uint MainTable = RouteSpec.MainTable;

    private readonly RouteNetlink _netlink = new();

    /// <summary>What ip(8) prints when the kernel refused.</summary>
    public static string Answer(LinuxException exception) => exception.Detail is { } detail
        ? $"Error: {detail.TrimEnd('.')}."
        : $"RTNETLINK answers: {exception.Reason}";

    /// <summary>Whether there is an interface of that name.</summary>
    public bool HasLink(string name) => _netlink.FindLink(name) is not null;

    /// <summary>Bytes.</summary>
    public int Mtu(string name) => Link(name).Mtu;

    /// <summary>Makes the kernel's own WireGuard device.</summary>
    /// <exception cref="LinuxException">EOPNOTSUPP: the kernel has none.</exception>
    public void AddWireGuard(string name) => _netlink.AddLink(name, "wireguard");

    /// <summary>Deletes an interface.</summary>
    public void DeleteLink(string name) => _netlink.DeleteLink(name);

    /// <summary>Adds an address.</summary>
    public void AddAddress(string name, InterfaceAddress address) =>
        _netlink.AddAddress(Link(name).Index, Bytes(address.Address), address.Length);

    /// <summary>Sets the MTU and brings the interface up.</summary>
    public void Raise(string name, int mtu) => _netlink.SetLink(name, up: true, mtu: mtu);

    /// <summary>Routes a prefix into an interface.</summary>
    public void AddRoute(string name, IpPrefix prefix, uint table) => _netlink.AddRoute(new()
    {
        Destination = Bytes(prefix.Address),
        PrefixLength = prefix.Length,
        LinkIndex = Link(name).Index,
        Table = table,
    });

    /// <summary>Adds "not fwmark T table T".</summary>
    public void AddRule(bool ipv6, uint table) => _netlink.AddRule(Lookup(ipv6, table, null));

    /// <summary>Adds "table main suppress_prefixlength 0".</summary>
    public void AddSuppressRule(bool ipv6) => _netlink.AddRule(Suppress(ipv6, null));

    /// <summary>Deletes the one of that priority.</summary>
    public void DeleteRule(bool ipv6, uint table, uint priority) => _netlink.DeleteRule(Lookup(ipv6, table, priority));

    /// <summary>Deletes the one of that priority.</summary>
    public void DeleteSuppressRule(bool ipv6, uint priority) => _netlink.DeleteRule(Suppress(ipv6, priority));

    /// <summary>The rules of a family, in order. None where the kernel has no such family.</summary>
    public IReadOnlyList<PolicyRule> Rules(bool ipv6) =>
        [.. IfKnown(() => _netlink.Rules(ipv6)).Select(From).OrderBy(rule => rule.Priority)];

    /// <summary>The addresses of an interface, in the kernel's order, IPv4 first.</summary>
    public IReadOnlyList<HostAddress> Addresses(string name) =>
    [
        .. _netlink.Addresses(Link(name).Index)
            .Select(address => new HostAddress(IpAddress.FromBytes(address.Address), address.PrefixLength, address.Scope))
            .OrderBy(address => address.Address.IsIPv6),
    ];

    /// <summary>What the main table routes into an interface.</summary>
    public IReadOnlyList<IpPrefix> MainRoutes(string name)
    {
        var index = Link(name).Index;
        return [.. Both(MainTable).Where(route => route.LinkIndex == index).Select(Prefix)];
    }

    /// <summary>The tables that hold a route of either family.</summary>
    public IReadOnlySet<uint> UsedTables() => Both(0).Select(route => route.Table).ToHashSet();

    /// <summary>The MTU of the way to an address: the route's own, else its link's; null when there is no way.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="scope">The interface of a link-local address; 0 for others.</param>
    public int? PathMtu(IpAddress address, uint scope)
    {
        if (scope != 0)
            return _netlink.FindLink((int)scope)?.Mtu;
        return _netlink.GetRoute(Bytes(address)) is { } route ? Mtu(route) : null;
    }

    /// <summary>The MTU of the default route, IPv4's before IPv6's; null when there is none.</summary>
    public int? DefaultRouteMtu() => Both(MainTable)
        .Where(route => route is { PrefixLength: 0, Type: RouteType.Unicast })
        .OrderBy(route => route.IsIPv6)
        .ThenBy(route => route.Metric)
        .Select(Mtu)
        .FirstOrDefault(mtu => mtu is not null);

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();

    private int? Mtu(RouteState route) => route.Mtu is { } mtu and > 0
        ? (int)mtu
        : _netlink.FindLink(route.NextHops.Count > 0 ? route.NextHops[0].LinkIndex : route.LinkIndex)?.Mtu;

    private IEnumerable<RouteState> Both(uint table) =>
        IfKnown(() => _netlink.Routes(false, table)).Concat(IfKnown(() => _netlink.Routes(true, table)));

    // A kernel without IPv6 has nothing to list.
    private static IReadOnlyList<T> IfKnown<T>(Func<IReadOnlyList<T>> list)
    {
        try
        {
            return list();
        }
        catch (LinuxException exception) when (exception.Errno is Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP)
        {
            return [];
        }
    }

    private LinkState Link(string name) => _netlink.FindLink(name) ?? throw new LinuxException(Errno.ENODEV, $"find {name}");

    private static IpPrefix Prefix(RouteState route) => new(IpAddress.FromBytes(route.Destination), route.PrefixLength);

    private static byte[] Bytes(IpAddress address)
    {
        var bytes = new byte[address.BitLength / 8];
        address.Write(bytes);
        return bytes;
    }

    private static RuleSpec Lookup(bool ipv6, uint table, uint? priority) =>
        new() { IsIPv6 = ipv6, Invert = true, FwMark = table, Table = table, Priority = priority };

    private static RuleSpec Suppress(bool ipv6, uint? priority) =>
        new() { IsIPv6 = ipv6, Table = MainTable, SuppressPrefixLength = 0, Priority = priority };

    private static PolicyRule From(RuleState rule)
    {
        var isLookup = rule is
        {
            Action: RuleAction.Lookup, SourceLength: 0, DestinationLength: 0, InputInterface: null, OutputInterface: null,
        };
        var excepted = isLookup && rule is { Invert: true, FwMask: null or uint.MaxValue, SuppressPrefixLength: null } ? rule.FwMark : null;
        var suppresses = isLookup && rule is { Invert: false, FwMark: null or 0, SuppressPrefixLength: 0, Table: MainTable };
        return new(rule.Priority ?? 0, excepted, rule.Table, suppresses);
    }
}
