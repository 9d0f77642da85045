using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Bench.Throughput.Load;
using Warren.Lab.Processes;

namespace Warren.Lab.Tests.Load;

/// <summary>The load generators of the bench, on a cable and against our engine. No speed is demanded: the machine may be busy.</summary>
//
//  left 10.0.0.1 ────── 10.0.0.2 right
//       fd00::1         fd00::2    wg0
//
[Trait("Category", "Root")]
public sealed class LoadTests
{
    private const ushort Port = 51820;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly UdpLoadOptions Short = new() { Trial = TimeSpan.FromMilliseconds(200), Trials = 6 };

    [Theory]
    [InlineData("10.0.0.2", 64)]
    [InlineData("fd00::2", 1372)]
    public void A_cable_carries_some_rate_and_reorders_nothing(string address, int payloadBytes)
    {
        using var lab = Cable().Start();
        lab["left"].WaitReach(address, Bound);
        var rate = UdpLoad.FindHighestRate(lab["left"], lab["right"], address, payloadBytes, Short);
        Assert.InRange(rate.ReceivedPerSecond, 1_000, 10_000_000);
        Assert.InRange(rate.LossFraction, 0, Short.AcceptedLoss);
        Assert.InRange(rate.OfferedPerSecond, rate.ReceivedPerSecond * 0.5, 10_000_000);
        Assert.Equal(0, rate.Reordered);
    }

    [Fact]
    public void A_rate_is_offered_as_it_is_asked_for()
    {
        using var lab = Cable().Start();
        lab["left"].WaitReach("10.0.0.2", Bound);
        var rate = UdpLoad.Try(lab["left"], lab["right"], "10.0.0.2", 64, 2_000, TimeSpan.FromSeconds(1));

        // What the sender misses while others run is not made up for.
        Assert.InRange(rate.OfferedPerSecond, 1_000, 2_001);
        Assert.Equal(0, rate.LossFraction);
    }

    [Fact]
    public void Loss_on_the_way_is_seen()
    {
        using var lab = Cable().Start();
        lab["left"].WaitReach("10.0.0.2", Bound);
        lab["right"].Shell("""
            nft add table ip test
            nft 'add chain ip test in { type filter hook input priority 0; }'
            nft add rule ip test in udp dport 5301 numgen inc mod 4 == 0 drop
            """);
        var rate = UdpLoad.Try(lab["left"], lab["right"], "10.0.0.2", 64, 2_000, TimeSpan.FromSeconds(1));
        Assert.InRange(rate.LossFraction, 0.24, 0.26);
        Assert.Throws<LabException>(() => UdpLoad.FindHighestRate(lab["left"], lab["right"], "10.0.0.2", 64, Short with { Trials = 2 }));
    }

    [Fact]
    public void An_engine_answers_handshakes_that_complete()
    {
        using var lab = Cable().Start();
        var (engine, key) = Start(lab["right"]);
        using var _ = engine;
        lab["right"].RunWithInput(HandshakePeers.Sections(200), "wg", "addconf", "wg0", "/dev/stdin").OrThrow();
        var rate = HandshakeLoad.Measure(lab["left"], new HandshakeTarget("10.0.0.2", Port, key), 200, 16, TimeSpan.FromSeconds(1));
        Assert.InRange(rate.AnsweredPerSecond, 100, 1_000_000);
        Assert.True(rate.Verified > 0, rate.ToString());
        Assert.Equal(0, rate.Wrong);
        Assert.Equal(0, rate.Cookies);
        Assert.InRange(rate.P50, TimeSpan.FromTicks(1), rate.P99);

        // The engine has seen them too: a session is confirmed by what the verified peers sent.
        var sessions = lab["right"].Run("wg", "show", "wg0", "latest-handshakes").OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(200, sessions.Length);
        Assert.Contains(sessions, line => !line.EndsWith("\t0", StringComparison.Ordinal));
    }

    [Fact]
    public void Handshakes_under_another_key_are_not_counted()
    {
        using var lab = Cable().Start();
        var (engine, _) = Start(lab["right"]);
        using var __ = engine;
        lab["right"].RunWithInput(HandshakePeers.Sections(4), "wg", "addconf", "wg0", "/dev/stdin").OrThrow();
        var target = new HandshakeTarget("10.0.0.2", Port, TunnelKey.New().Public);
        var failure = Assert.Throws<LabException>(() => HandshakeLoad.Measure(lab["left"], target, 4, 4, TimeSpan.FromSeconds(1)));
        Assert.Contains("4 unanswered", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_takes_a_hundred_peers_and_gives_them_back()
    {
        using var lab = Cable().Start();
        var (engine, key) = Start(lab["right"]);
        using var _ = engine;
        var application = PeerLoad.Measure(lab["right"], "wg0", 100);
        Assert.InRange(application.Applied, TimeSpan.FromTicks(1), Bound);
        Assert.InRange(application.Removed, TimeSpan.FromTicks(1), Bound);
        Assert.InRange(application.ResidentBytesAfter, 1 << 20, 1 << 30);
        Assert.Equal([key, $"{Port}", ""], Show(lab["right"], "public-key", "listen-port", "peers"));
    }

    private static Topology Cable()
    {
        var topology = new Topology();
        topology.Node("left").On("cable", "10.0.0.1/24", "fd00::1/64");
        topology.Node("right").On("cable", "10.0.0.2/24", "fd00::2/64");
        return topology;
    }

    private static (LabProcess Engine, string Key) Start(Node node)
    {
        var engine = node.Start(ProgramUnderTest.Require(), "engine", "wg0", "--workers", "1");
        Poll.WaitUntil("the engine answers", () => node.Run("wg", "show", "wg0").Succeeded, Bound, () => engine.Error);
        node.Shell($"wg genkey > /run/key; wg set wg0 listen-port {Port} private-key /run/key; ip link set wg0 up");
        return (engine, Show(node, "public-key").Single());
    }

    private static List<string> Show(Node node, params string[] what) => [.. what.Select(w => node.Run("wg", "show", "wg0", w).OrThrow().Output.Trim())];
}
