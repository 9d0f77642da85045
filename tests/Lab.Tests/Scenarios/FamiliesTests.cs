namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class FamiliesTests
{
    [Theory]
    [ClassData(typeof(Mixes))]
    public void Both_families_pass_through_a_tunnel_over_IPv4(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        Carries(pair, "10.2.0.2:51820");
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void Both_families_pass_through_a_tunnel_over_IPv6(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, configure: p => p.LeftConfig.With("Endpoint = [fd02::2]:51820")).Up();
        Carries(pair, "[fd02::2]:51820");
        Assert.Equal("[fd01::2]:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
    }

    //  left fd01::2 ─── fd01::1 path fd02::1 ─── fd02::2 right, and no IPv4 anywhere
    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_host_without_any_IPv4_needs_none(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, configure: p =>
        {
            p.LeftConfig = new TunnelConfig(p.LeftKey, "fd09::1/64").Peer(p.RightKey.Public, "fd09::2/128").With("Endpoint = right6:51820");
            p.RightConfig = new TunnelConfig(p.RightKey, "fd09::2/64").With("ListenPort = 51820").Peer(p.LeftKey.Public, "fd09::1/128");
        }, change: t => t.Node("left").Host("right6", "fd02::2"));
        foreach (var node in (Node[])[pair.Left, pair.Path, pair.Right]) node.Shell("ip -4 address flush scope global; ip -4 address del 127.0.0.1/8 dev lo");
        pair.Right.Up();
        pair.Left.Up();
        pair.Left.WaitReach("fd09::2", Pair.Soon);
        PingAssert.Answered(pair.Right.Ping("fd09::1"));
    }

    private static void Carries(Pair pair, string endpoint)
    {
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        PingAssert.Answered(pair.Left.Ping("fd09::2"));
        PingAssert.Answered(pair.Right.Ping("fd09::1"));
        Assert.Equal(endpoint, pair.Left.PeerField(pair.RightKey.Public, "endpoints"));
    }
}
