using System;
using System.Net;
using System.Net.Sockets;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>What our engine says of what it drops, in the words of `warren show wg0 --drops`.</summary>
[Trait("Category", "Root")]
public sealed class DropsTests
{
    [Theory]
    [InlineData(Kit.Debian)]
    [InlineData(Kit.Warren)]
    public void A_stranger_is_named_with_key_and_address(Kit left)
    {
        using var pair = new Pair(left, Kit.Warren, configure: p =>
            p.RightConfig = new TunnelConfig(p.RightKey, "10.9.0.2/24").With("ListenPort = 51820").Peer(TunnelKey.New().Public, "10.9.0.1/32"));
        pair.Right.Up();
        pair.Left.Up();
        Assert.False(pair.Left.CanReach("10.9.0.2", TimeSpan.FromSeconds(1)));
        WaitDrop(pair.Right, "unknown-static-key", pair.LeftKey.Public, "10.1.0.2:51820");
    }

    [Fact]
    public void A_packet_from_an_address_that_is_not_allowed_is_named()
    {
        using var pair = new Pair(Kit.Debian, Kit.Warren).Up();
        pair.Left.Shell("ip address add 10.9.0.77/32 dev wg0");
        Assert.Equal(0, pair.Left.Ping("10.9.0.2", 2, "-I", "10.9.0.77").Received);
        WaitDrop(pair.Right, "source-not-allowed", pair.LeftKey.Public);
    }

    [Fact]
    public void Garbage_and_replays_are_told_apart()
    {
        using var pair = new Pair(Kit.Debian, Kit.Warren);
        using var capture = pair.Path.Capture("eth1", "udp dst port 51820 and dst host 10.2.0.2");
        pair.Up();
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        var initiation = capture.WaitFor(1, p => p.UdpPayload is [1, ..], Pair.Soon)[0].UdpPayload.ToArray();
        var transport = capture.WaitFor(3, p => p.UdpPayload is [4, ..], Pair.Soon)[^1].UdpPayload.ToArray();
        using var socket = pair.Path.OpenUdp(AddressFamily.InterNetwork);
        socket.Connect(IPAddress.Parse("10.2.0.2"), 51820);

        socket.Send("hello"u8);
        WaitDrop(pair.Right, "malformed");
        socket.Send(initiation);
        WaitDrop(pair.Right, "stale-timestamp", pair.LeftKey.Public);
        socket.Send(transport);
        WaitDrop(pair.Right, "replay", pair.LeftKey.Public);
        initiation[^20] ^= 1;
        socket.Send(initiation);
        WaitDrop(pair.Right, "bad-mac1");
        transport[^1] ^= 1;
        transport[8]++;
        socket.Send(transport);
        WaitDrop(pair.Right, "authentication-failed");
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
    }

    [Fact]
    public void A_peer_without_an_endpoint_and_a_destination_without_a_peer_are_named()
    {
        using var pair = new Pair(Kit.Debian, Kit.Warren);
        pair.Right.Up();
        pair.Right.Ping("10.9.0.1", 1);
        pair.Right.Ping("10.9.0.99", 1);
        WaitDrop(pair.Right, "no-endpoint", pair.LeftKey.Public);
        WaitDrop(pair.Right, "no-peer-for-destination");
    }

    private static void WaitDrop(Node node, string reason, params string[] evidence)
    {
        var text = "";
        Poll.WaitUntil($"--drops names {reason} {string.Join(' ', evidence)}", () =>
        {
            text = node.Run("warren", "show", "wg0", "--drops").OrThrow().Output;
            return text.Contains(reason, StringComparison.Ordinal) && Array.TrueForAll(evidence, e => text.Contains(e, StringComparison.Ordinal));
        }, Pair.Soon, () => text);
    }
}
