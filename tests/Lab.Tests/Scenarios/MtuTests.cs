using System;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class MtuTests
{
    //  left ─── path ─── right, all links of 1400 bytes
    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_tunnel_takes_its_size_from_the_way_to_the_endpoint(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, t =>
        {
            foreach (var name in (string[])["left", "right"]) t.Node(name).WithMtu(1400);
        }).Up();
        pair.Path.Shell("ip link set eth0 mtu 1400; ip link set eth1 mtu 1400");
        // wg-quick: 80 less than the link, for the larger (IPv6) outer header.
        Assert.Equal("1320", pair.Left.ReadFile("/sys/class/net/wg0/mtu").Trim());
        PingAssert.Answered(pair.Left.Ping("10.9.0.2", 3, "-M", "do", "-s", "1292"));
        Assert.Equal(0, pair.Left.Ping("10.9.0.2", 1, "-M", "do", "-s", "1293").Received);
        PingAssert.Answered(pair.Left.Ping("fd09::2", 3, "-M", "do", "-s", "1272"));
    }

    //  left 1500 ─── path 1280 ─── right: nobody tells the tunnel that the middle is narrow
    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_narrow_path_that_answers_with_its_size_lets_large_packets_through(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, t => t.Node("right").WithMtu(1280), p => p.RightConfig = Wide(p)).Up();
        pair.Path.Shell("ip link set eth1 mtu 1280");
        Assert.Equal("1420", pair.Left.ReadFile("/sys/class/net/wg0/mtu").Trim());
        // The outer datagram is 1,480 bytes: the first finds out, the next are cut by the sender.
        Assert.True(pair.Left.CanReach("10.9.0.2", Pair.Soon, "-M", "do", "-s", "1392"));
        Assert.True(pair.Left.Stream(pair.Right, "10.9.0.2", TimeSpan.FromSeconds(1)).Bytes > 1_000_000);
        Assert.True(pair.Left.Stream(pair.Right, "10.9.0.2", TimeSpan.FromSeconds(1), "-R").Bytes > 1_000_000);
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void The_size_of_a_running_tunnel_may_change(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        foreach (var node in (Node[])[pair.Left, pair.Right]) node.Shell("ip link set wg0 mtu 9000; ip link set eth0 mtu 1500");
        // Outer datagrams of 9,060 bytes pass a 1,500 byte link in pieces.
        Assert.True(pair.Left.CanReach("10.9.0.2", Pair.Soon, "-s", "8000"));
        foreach (var node in (Node[])[pair.Left, pair.Right]) node.Shell("ip link set wg0 mtu 576");
        Assert.True(pair.Left.CanReach("10.9.0.2", Pair.Soon, "-M", "do", "-s", "548"));
        Assert.Equal(0, pair.Left.Ping("10.9.0.2", 1, "-M", "do", "-s", "549").Received);
    }

    private static TunnelConfig Wide(Pair p) =>
        new TunnelConfig(p.RightKey, "10.9.0.2/24", "fd09::2/64").With("ListenPort = 51820", "MTU = 1420").Peer(p.LeftKey.Public, "10.9.0.1/32, fd09::1/128");
}
