using System;
using System.Globalization;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class KeysTests
{
    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_preshared_key_must_be_the_same_on_both_sides(Kit left, Kit right)
    {
        var preshared = TunnelKey.NewPreshared();
        using var pair = new Pair(left, right, configure: p =>
        {
            p.LeftConfig.With($"PresharedKey = {preshared}");
            p.RightConfig.With($"PresharedKey = {preshared}");
        }).Up();
        Assert.Equal(preshared, pair.Right.PeerField(pair.LeftKey.Public, "preshared-keys"));

        // The right side changes its mind and forgets the session: the left side's next handshakes cannot be completed.
        pair.Right.Shell($"echo '{TunnelKey.NewPreshared()}' > /run/psk");
        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "remove");
        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "preshared-key", "/run/psk", "allowed-ips", "10.9.0.1/32", "endpoint", "10.1.0.2:51820");
        Assert.False(pair.Right.CanReach("10.9.0.1", TimeSpan.FromSeconds(2)));
        Assert.Equal(0, pair.Right.PeerNumber(pair.LeftKey.Public, "latest-handshakes"));

        pair.Left.WriteFile("/run/psk", pair.Right.ReadFile("/run/psk"));
        pair.Left.Wg("set", "wg0", "peer", pair.RightKey.Public, "preshared-key", "/run/psk");
        pair.Right.WaitReach("10.9.0.1", Pair.Soon);
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_private_key_can_be_changed_while_the_tunnel_is_up(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        var next = TunnelKey.New();
        pair.Left.WriteFile("/run/key", next.Private);
        pair.Left.Wg("set", "wg0", "private-key", "/run/key");
        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "remove", "peer", next.Public, "allowed-ips", "10.9.0.1/32,fd09::1/128");
        Assert.Equal(next.Public, pair.Left.Wg("show", "wg0", "public-key").Trim());
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        PingAssert.Answered(pair.Right.Ping("fd09::1"));
        Assert.Equal(next.Public, pair.Right.Wg("show", "wg0", "peers").Trim());
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void Taking_a_peer_away_ends_its_traffic_at_once_and_giving_it_back_makes_a_new_session(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "remove");
        Assert.Equal(0, pair.Left.Ping("10.9.0.2").Received);

        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "allowed-ips", "10.9.0.1/32", "endpoint", "10.1.0.2:51820");
        pair.Right.WaitReach("10.9.0.1", Pair.Soon);
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_wrong_public_key_gets_no_handshake(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, configure: p =>
            p.RightConfig = new TunnelConfig(p.RightKey, "10.9.0.2/24").With("ListenPort = 51820").Peer(TunnelKey.New().Public, "10.9.0.1/32"));
        pair.Right.Up();
        pair.Left.Up();
        Assert.False(pair.Left.CanReach("10.9.0.2", TimeSpan.FromSeconds(2)));
        Assert.Equal(0, pair.Left.PeerNumber(pair.RightKey.Public, "latest-handshakes"));
        Assert.True(pair.Left.PeerNumber(pair.RightKey.Public, "transfer", 2) >= 148, "the initiation was sent");
        Assert.Equal(0, pair.Left.PeerNumber(pair.RightKey.Public, "transfer", 1));
    }

    [Theory]
    [ClassData(typeof(Mixes))]
    public void Packets_from_an_address_that_is_not_allowed_are_dropped(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        pair.Left.Shell("ip address add 10.9.0.77/32 dev wg0");
        Assert.Equal(0, pair.Left.Ping("10.9.0.2", 2, "-I", "10.9.0.77").Received);

        pair.Right.Wg("set", "wg0", "peer", pair.LeftKey.Public, "allowed-ips", "10.9.0.1/32,10.9.0.77/32");
        PingAssert.Answered(pair.Left.Ping("10.9.0.2", 2, "-I", "10.9.0.77"));
        Assert.True(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - pair.Right.PeerNumber(pair.LeftKey.Public, "latest-handshakes") < 30,
            string.Create(CultureInfo.InvariantCulture, $"{pair.Right.Wg()}"));
    }
}
