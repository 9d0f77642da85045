using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json;
using Warren.Linux.Events;
using Warren.Linux.Namespaces;
using Warren.Linux.Netlink;

namespace Warren.Linux.Tests.Netlink;

/// <summary>Against the kernel, beside what ip(8) says.</summary>
[Trait("Category", "Root")]
public sealed class RouteNetlinkTests
{
    [Fact]
    public void Links_are_what_ip_shows() => InNetwork(netlink =>
    {
        netlink.AddLink("br0", "bridge");
        netlink.AddVeth("left", "right");
        netlink.SetLink("left", up: true, mtu: 1400, txQueueLength: 77, masterIndex: netlink.FindLink("br0")!.Index, addrGenModeNone: true);
        netlink.SetLink("right", up: true);
        JsonElement[] shown = Ip("-d link show");
        IReadOnlyList<LinkState> links = netlink.Links();
        Assert.Equal(shown.Length, links.Count);
        foreach (JsonElement expected in shown)
        {
            LinkState link = links.Single(link => link.Index == expected.GetProperty("ifindex").GetInt32());
            Assert.Equal(expected.GetProperty("ifname").GetString(), link.Name);
            Assert.Equal(expected.GetProperty("mtu").GetInt32(), link.Mtu);
            Assert.Equal(expected.GetProperty("txqlen").GetInt32(), link.TransmitQueueLength);
            Assert.Equal(expected.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP"), link.IsUp);
            string? kind = expected.TryGetProperty("linkinfo", out JsonElement information)
                && information.TryGetProperty("info_kind", out JsonElement name) ? name.GetString() : null;
            Assert.Equal(kind, link.Kind);
        }

        LinkState left = netlink.FindLink("left")!;
        Assert.Equal("none", shown.Single(link => link.GetProperty("ifname").GetString() == "left").GetProperty("inet6_addr_gen_mode").GetString());
        Assert.Equal((1400, 77, "veth"), (left.Mtu, left.TransmitQueueLength, left.Kind));
        Assert.Equal(netlink.FindLink("br0")!.Index, left.MasterIndex);
        Assert.Equal(6, left.HardwareAddress.Length);
        Assert.Equal(left.Name, netlink.FindLink(left.Index)!.Name);
        Assert.Null(netlink.FindLink("absent"));
        Assert.Null(netlink.FindLink(9999));
        netlink.SetLink("left", up: false, masterIndex: 0);
        netlink.SetLink("left", newName: "renamed");
        Assert.Equal(left.Index, netlink.FindLink("renamed")!.Index);
        Assert.Equal(0, netlink.FindLink("renamed")!.MasterIndex);
        netlink.DeleteLink("renamed");
        Assert.Null(netlink.FindLink("right"));
    });

    [Fact]
    public void Refusals_are_those_of_the_kernel() => InNetwork(netlink =>
    {
        netlink.AddLink("br0", "bridge");
        Assert.Equal(Errno.EEXIST, Refusal(() => netlink.AddLink("br0", "bridge")).Errno);
        Assert.Equal(Errno.EOPNOTSUPP, Refusal(() => netlink.AddLink("x", "nosuchkind")).Errno);
        Assert.Equal("Unknown device type", Refusal(() => netlink.AddLink("x", "nosuchkind")).Detail);
        Assert.Equal(Errno.ENODEV, Refusal(() => netlink.DeleteLink("absent")).Errno);
        Assert.Equal(Errno.ENODEV, Refusal(() => netlink.SetLink("absent", up: true)).Errno);
        Assert.Equal(Errno.ENODEV, Refusal(() => netlink.SetLink("absent", newName: "b")).Errno);
        Assert.Equal(Errno.EINVAL, Refusal(() => netlink.SetLink("br0", mtu: 1)).Errno);
        Assert.NotNull(Refusal(() => netlink.SetLink("br0", mtu: 1)).Detail);
        Assert.Equal(Errno.ENODEV, Refusal(() => netlink.AddAddress(9999, [10, 0, 0, 1], 24)).Errno);
        Assert.Equal(Errno.EADDRNOTAVAIL, Refusal(() => netlink.DeleteAddress(1, [10, 0, 0, 1], 24)).Errno);
        Assert.Equal(Errno.ESRCH, Refusal(() => netlink.DeleteRoute(Route("10.0.0.0/8"))).Errno);
        Assert.Equal(Errno.ENOENT, Refusal(() => netlink.DeleteRule(new RuleSpec { IsIPv6 = false, FwMark = 9, Table = 9 })).Errno);
    });

    [Fact]
    public void Addresses_of_both_families_come_and_go() => InNetwork(netlink =>
    {
        netlink.AddVeth("a", "b");
        netlink.SetLink("a", up: true, addrGenModeNone: true);
        int a = netlink.FindLink("a")!.Index;
        netlink.AddAddress(a, [10, 1, 2, 3], 24);
        netlink.AddAddress(a, Address("fd00::3"), 64, noDad: true);
        Fresh.Shell("ip address add 10.9.0.1 peer 10.9.0.2/32 dev a");
        Assert.Equal(
            Ip("address show dev a")[0].GetProperty("addr_info").EnumerateArray()
                .Select(address => $"{address.GetProperty("local").GetString()}/{address.GetProperty("prefixlen").GetInt32()}").Order(),
            netlink.Addresses(a).Select(address => $"{new IPAddress(address.Address)}/{address.PrefixLength}").Order());
        Assert.Equal([10, 9, 0, 2], netlink.Addresses(a).Single(address => address.Peer is not null).Peer);
        Assert.Equal(2u, netlink.Addresses(a).Single(address => address.Address.Length == 16).Flags & 2);
        Assert.Contains(netlink.Addresses(), address => address is { LinkIndex: 1, Address: [127, 0, 0, 1], Scope: 254 });
        Assert.Equal(Errno.EEXIST, Refusal(() => netlink.AddAddress(a, [10, 1, 2, 3], 24)).Errno);
        netlink.DeleteAddress(a, [10, 1, 2, 3], 24);
        netlink.DeleteAddress(a, Address("fd00::3"), 64);
        Assert.Single(netlink.Addresses(a));
        Assert.Empty(netlink.Addresses(9999));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Routes_round_trip_in_any_table(bool ipv6) => InNetwork(netlink =>
    {
        netlink.AddVeth("a", "b");
        netlink.SetLink("a", up: true);
        netlink.SetLink("b", up: true);
        int a = netlink.FindLink("a")!.Index;
        string own = ipv6 ? "fd00::1" : "10.0.0.1", gateway = ipv6 ? "fd00::2" : "10.0.0.2";
        string near = ipv6 ? "fd01::/48" : "10.1.0.0/16", all = ipv6 ? "::/0" : "0.0.0.0/0", dead = ipv6 ? "fd02::/48" : "10.2.0.0/16";
        netlink.AddAddress(a, Address(own), ipv6 ? 64 : 24, noDad: true);
        RouteSpec[] routes =
        [
            Route(all) with { LinkIndex = a, Table = 51820 },
            Route(all) with { Gateway = Address(gateway), Metric = 42, Table = 200, Mtu = 1300 },
            Route(near) with { LinkIndex = a, Table = 51820, Source = Address(own), Metric = 9, Protocol = 4 },
            Route(dead) with { Type = RouteType.Unreachable, Table = 51820, Metric = 4_000_000_000 },
            Route(near) with { Type = RouteType.Blackhole, Table = 201, Metric = 1 },
        ];
        foreach (RouteSpec route in routes) netlink.AddRoute(route);
        foreach (RouteSpec route in routes)
        {
            RouteState found = netlink.Routes(ipv6, route.Table).Single(found =>
                found.Destination.AsSpan().SequenceEqual(route.Destination) && found.PrefixLength == route.PrefixLength);
            Assert.Equal(route.Type, found.Type);
            Assert.Equal(route.Gateway, found.Gateway);
            Assert.Equal(route.Source, found.Source);
            Assert.Equal(route.Metric ?? (ipv6 ? 1024u : null), found.Metric);
            Assert.Equal(route.Mtu, found.Mtu);
            Assert.Equal(route.Protocol, found.Protocol);
            Assert.Equal(route.Table, found.Table);
            int link = route.Type != RouteType.Unicast ? (ipv6 ? 1 : 0) : a; // IPv6 says lo where nothing is sent
            Assert.Equal(link, found.LinkIndex);
        }

        string family = ipv6 ? "-6" : "-4";
        foreach (uint table in new uint[] { 200, 201, 51820, 254 })
            Assert.Equal(Ip($"{family} route show table {table}").Length, netlink.Routes(ipv6, table).Count(r => r.Type is not RouteType.Multicast));
        Assert.Equal(Errno.EEXIST, Refusal(() => netlink.AddRoute(routes[0])).Errno);
        netlink.ReplaceRoute(routes[0] with { Mtu = 1280 });
        Assert.Equal(1280u, netlink.Routes(ipv6, 51820).Single(route => route.PrefixLength == 0).Mtu);
        foreach (RouteSpec route in routes) netlink.DeleteRoute(route with { Mtu = null });
        Assert.Empty(netlink.Routes(ipv6, 51820));
        Assert.Empty(netlink.Routes(ipv6, 123_456));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_way_of_a_packet_follows_mark_and_path(bool ipv6) => InNetwork(netlink =>
    {
        netlink.AddVeth("a", "b");
        netlink.SetLink("a", up: true, mtu: 1500);
        netlink.SetLink("b", up: true);
        int a = netlink.FindLink("a")!.Index;
        byte[] own = Address(ipv6 ? "fd00::1" : "10.0.0.1"), gateway = Address(ipv6 ? "fd00::2" : "10.0.0.2");
        byte[] far = Address(ipv6 ? "2001:db8::1" : "192.0.2.1");
        Assert.Null(netlink.GetRoute(far));
        netlink.AddAddress(a, own, ipv6 ? 64 : 24, noDad: true);
        netlink.AddRoute(Route(ipv6 ? "::/0" : "0.0.0.0/0") with { Gateway = gateway, Mtu = 1333 });
        netlink.AddRoute(Route(ipv6 ? "::/0" : "0.0.0.0/0") with { Type = RouteType.Unreachable, Table = 77 });
        netlink.AddRule(new RuleSpec { IsIPv6 = ipv6, FwMark = 0x77, Table = 77 });
        RouteState way = netlink.GetRoute(far)!;
        Assert.Equal(gateway, way.Gateway);
        Assert.Equal(own, way.Source);
        Assert.Equal(a, way.LinkIndex);
        Assert.Equal(1333u, way.Mtu);
        Assert.Equal(254u, way.Table);
        Assert.Null(netlink.GetRoute(far, mark: 0x77));
        netlink.ReplaceRoute(Route(ipv6 ? "::/0" : "0.0.0.0/0") with { Type = RouteType.Blackhole, Table = 77 });
        Assert.Null(netlink.GetRoute(far, mark: 0x77));
        Eventually(() => netlink.GetRoute(own) is { Type: RouteType.Local } local ? local : null);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rules_round_trip(bool ipv6) => InNetwork(netlink =>
    {
        int before = netlink.Rules(ipv6).Count;
        var catchAll = new RuleSpec { IsIPv6 = ipv6, Invert = true, FwMark = 51820, Table = 51820 };
        var suppress = new RuleSpec { IsIPv6 = ipv6, SuppressPrefixLength = 0 };
        var precise = new RuleSpec
        {
            IsIPv6 = ipv6, Priority = 100, FwMark = 0x10, FwMask = 0xf0, InputInterface = "lo", OutputInterface = "wg0", Table = 200,
            Source = Address(ipv6 ? "fd00::" : "10.0.0.0"), SourceLength = 8, Destination = Address(ipv6 ? "fd01::" : "10.1.0.0"), DestinationLength = 16,
        };
        var forbid = new RuleSpec { IsIPv6 = ipv6, Priority = 0, Action = RuleAction.Prohibit, FwMark = 3, Table = 0 };
        foreach (RuleSpec rule in new[] { catchAll, suppress, precise, forbid }) netlink.AddRule(rule);
        string shown = Fresh.Shell($"ip {(ipv6 ? "-6" : "-4")} rule show");
        Assert.Contains("not from all fwmark 0xca6c lookup 51820", shown, StringComparison.Ordinal);
        Assert.Contains("lookup main suppress_prefixlength 0", shown, StringComparison.Ordinal);
        Assert.Contains("100:\tfrom " + (ipv6 ? "fd00::/8 to fd01::/16" : "10.0.0.0/8 to 10.1.0.0/16") + " fwmark 0x10/0xf0 iif lo oif wg0", shown, StringComparison.Ordinal);
        Assert.Contains("0:\tfrom all fwmark 0x3 prohibit", shown, StringComparison.Ordinal);
        IReadOnlyList<RuleState> rules = netlink.Rules(ipv6);
        Assert.Equal(before + 4, rules.Count);
        RuleState found = rules.Single(rule => rule.Priority == 100);
        Assert.Equal((0x10u, 0xf0u, "lo", "wg0", 200u), (found.FwMark!.Value, found.FwMask!.Value, found.InputInterface, found.OutputInterface, found.Table));
        Assert.Equal((precise.Source, 8, precise.Destination, 16), (found.Source!, found.SourceLength, found.Destination!, found.DestinationLength), Bytes);
        Assert.True(rules.Single(rule => rule.FwMark == 51820).Invert);
        Assert.Equal(0, rules.Single(rule => rule.SuppressPrefixLength is not null).SuppressPrefixLength);
        foreach (RuleSpec rule in new[] { catchAll, suppress, precise, forbid }) netlink.DeleteRule(rule);
        Assert.Equal(before, netlink.Rules(ipv6).Count);

        static bool Bytes((byte[], int, byte[], int) a, (byte[], int, byte[], int) b) =>
            a.Item1.AsSpan().SequenceEqual(b.Item1) && a.Item3.AsSpan().SequenceEqual(b.Item3) && (a.Item2, a.Item4) == (b.Item2, b.Item4);
    });

    [Fact]
    public void A_dump_of_five_thousand_routes_is_whole() => InNetwork(netlink =>
    {
        for (int i = 0; i < 5000; i++)
        {
            netlink.AddRoute(new RouteSpec
            {
                Destination = [10, (byte)(i >> 8), (byte)i, 0], PrefixLength = 24, Table = 1000, Type = RouteType.Blackhole,
            });
        }

        Assert.Equal(5000, netlink.Routes(false, 1000).Select(route => Convert.ToHexString(route.Destination)).Distinct().Count());
        Assert.True(netlink.Routes(false).Count >= 5000);
    });

    [Fact]
    public void A_veth_pair_joins_two_namespaces_and_a_link_moves() => InNetwork(netlink =>
    {
        using NamespaceHandle other = NamespaceThread.RunInNew(NamespaceKinds.Network, () => NamespaceHandle.OfThisThread(NamespaceKinds.Network));
        netlink.AddVeth("here", "there", peerNamespaceFd: other.Descriptor);
        netlink.AddVeth("moving", "staying");
        netlink.SetLink("moving", namespaceFd: other.Descriptor);
        Assert.Null(netlink.FindLink("there"));
        Assert.Null(netlink.FindLink("moving"));
        NamespaceThread.Run(other, () =>
        {
            using var inside = new RouteNetlink();
            Assert.Equal("veth", inside.FindLink("there")!.Kind);
            Assert.NotNull(inside.FindLink("moving"));
            inside.SetLink("there", up: true);
        });
        netlink.SetLink("here", up: true);
        Assert.True(netlink.FindLink("here")!.IsRunning);
    });

    [Fact]
    public void A_monitor_hears_what_it_listens_to_and_nothing_else() => InNetwork(netlink =>
    {
        using var monitor = new LinkMonitor();
        using var addressesOnly = new LinkMonitor(LinkMonitorTopics.Addresses);
        Assert.False(monitor.TryRead(out _));
        netlink.AddVeth("a", "b");
        int a = netlink.FindLink("a")!.Index;
        netlink.SetLink("a", up: true, mtu: 1333);
        netlink.AddAddress(a, [10, 0, 0, 1], 24);
        netlink.AddRoute(Route("10.5.0.0/16") with { LinkIndex = a });
        netlink.DeleteRoute(Route("10.5.0.0/16"));
        netlink.DeleteAddress(a, [10, 0, 0, 1], 24);
        netlink.DeleteLink("a");
        List<LinkChange> heard = Drain(monitor);
        Assert.Contains(heard, change => change is { Kind: LinkChangeKind.LinkChanged, Link: { Name: "a", Mtu: 1333, IsUp: true, Kind: "veth" } });
        Assert.Contains(heard, change => change is { Kind: LinkChangeKind.AddressAdded, Address: { Address: [10, 0, 0, 1], PrefixLength: 24 } });
        Assert.Contains(heard, change => change is { Kind: LinkChangeKind.RouteAdded, Route: { Destination: [10, 5, 0, 0], PrefixLength: 16 } });
        Assert.Contains(heard, change => change is { Kind: LinkChangeKind.RouteRemoved, Route: { Destination: [10, 5, 0, 0] } });
        Assert.Contains(heard, change => change is { Kind: LinkChangeKind.AddressRemoved, Address.Address: [10, 0, 0, 1] });
        Assert.Contains(heard, change => change.Kind == LinkChangeKind.LinkRemoved && change.Link!.Index == a);
        Assert.All(Drain(addressesOnly), change => Assert.True(change.Kind is LinkChangeKind.AddressAdded or LinkChangeKind.AddressRemoved));
    });

    [Fact]
    public void A_monitor_that_cannot_keep_up_says_that_it_lost_events() => InNetwork(netlink =>
    {
        using var monitor = new LinkMonitor();
        netlink.AddVeth("a", "b");
        for (int i = 0; i < 3000; i++) netlink.SetLink("a", mtu: 1280 + (i % 100));
        Assert.Contains(Drain(monitor), change => change.Kind == LinkChangeKind.Lost);
        netlink.SetLink("a", mtu: 1499);
        Assert.Contains(Drain(monitor), change => change.Link is { Name: "a", Mtu: 1499 });
    });

    /// <summary>IPv6 settles a new address in the background: polled, for at most five seconds.</summary>
    private static T Eventually<T>(Func<T?> look) where T : class
    {
        using var poller = new Poller();
        for (int i = 0; i < 1000; i++)
        {
            if (look() is { } seen) return seen;
            poller.Wait(new PollEvent[1], TimeSpan.FromMilliseconds(5));
        }

        throw new TimeoutException();
    }

    private static List<LinkChange> Drain(LinkMonitor monitor)
    {
        var heard = new List<LinkChange>();
        while (monitor.TryRead(out LinkChange change)) heard.Add(change);
        return heard;
    }

    private static void InNetwork(Action<RouteNetlink> test) => Fresh.Network(() =>
    {
        using var netlink = new RouteNetlink();
        test(netlink);
    });

    private static LinuxException Refusal(Action act) => Assert.Throws<LinuxException>(act);

    private static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();

    private static RouteSpec Route(string prefix)
    {
        string[] parts = prefix.Split('/');
        return new RouteSpec { Destination = Address(parts[0]), PrefixLength = int.Parse(parts[1], CultureInfo.InvariantCulture) };
    }

    private static JsonElement[] Ip(string arguments)
    {
        string output = Fresh.Shell($"ip -j {arguments} 2>/dev/null || true");
        return output.Trim().Length == 0 ? [] : JsonDocument.Parse(output).RootElement.EnumerateArray().ToArray();
    }
}
