using System;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class RoamingTests
{
    //  left moves from 10.1.0.2 to 10.1.0.77 on the same network; wireguard-go of 2022 goes on sending from the address that is gone
    [Theory]
    [ClassData(typeof(MixesWithOurLeft))]
    public void A_host_that_changes_its_address_is_followed(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        Assert.Equal("10.1.0.2:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
        pair.Left.Shell("ip address del 10.1.0.2/24 dev eth0; ip address add 10.1.0.77/24 dev eth0; ip route add default via 10.1.0.1");
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        Assert.Equal("10.1.0.77:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
        PingAssert.Answered(pair.Right.Ping("10.9.0.1"));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_host_that_changes_its_port_is_followed(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        pair.Left.Wg("set", "wg0", "listen-port", "40001");
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        Assert.Equal("10.1.0.2:40001", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
        Assert.Equal("40001", pair.Left.Wg("show", "wg0", "listen-port").Trim());
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_tunnel_moves_from_IPv4_to_IPv6_and_back(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        pair.Left.Wg("set", "wg0", "peer", pair.RightKey.Public, "endpoint", "[fd02::2]:51820");
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        Assert.Equal("[fd01::2]:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
        pair.Left.Wg("set", "wg0", "peer", pair.RightKey.Public, "endpoint", "10.2.0.2:51820");
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        Assert.Equal("10.1.0.2:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
    }

    //  the path masquerades left's packets as its own 10.2.0.1, and forgets
    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_NAT_that_forgets_its_flows_costs_a_packet_not_the_tunnel(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, t =>
        {
            // The gateway's outside is its first interface, so the networks are named the other way round here.
            t.Node("nat").On("east2", "10.3.0.1/24").On("west2", "10.4.0.1/24").Route("default via 10.3.0.2").Gateway();
            t.Node("inner").On("west2", "10.4.0.2/24").Route("default via 10.4.0.1");
            t.Node("right").On("east2", "10.3.0.2/24");
        });
        var inner = pair["inner"];
        inner.Use(left);
        inner.WriteFile("/etc/wireguard/wg0.conf", pair.LeftConfig.With("Endpoint = 10.3.0.2:51820").ToString());
        pair.Right.Up();
        inner.Up();
        inner.WaitReach("10.9.0.2", Pair.Soon);
        var before = pair.Right.PeerField(pair.LeftKey.Public, "endpoints");
        Assert.StartsWith("10.3.0.1:", before, StringComparison.Ordinal);

        pair["nat"].RebindGateway("40000-40999");
        inner.WaitReach("10.9.0.2", Pair.Soon);
        var after = pair.Right.PeerField(pair.LeftKey.Public, "endpoints");
        Assert.StartsWith("10.3.0.1:40", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        PingAssert.Answered(pair.Right.Ping("10.9.0.1"));
    }
}
