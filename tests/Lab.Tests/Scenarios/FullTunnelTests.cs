using System;
using System.Linq;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Everything of a client goes through the tunnel, and the server puts it onto the net.</summary>
//
//  left ─── path ─── right ─── site 10.5.0.2, fd05::2
//   wg0 0.0.0.0/0, ::/0   wg0
//
[Trait("Category", "Root")]
public sealed class FullTunnelTests
{
    [Theory]
    [ClassData(typeof(Mixes))]
    public void All_traffic_takes_the_tunnel_and_none_leaks_beside_it(Kit left, Kit right)
    {
        using var pair = new Pair(left, right, t =>
        {
            t.Node("right").On("sites", "10.5.0.1/24", "fd05::1/64").Forward();
            t.Node("site").On("sites", "10.5.0.2/24", "fd05::2/64").Route("10.9.0.0/24 via 10.5.0.1").Route("fd09::/64 via fd05::1");
        }, p => p.LeftConfig.With("AllowedIPs = 0.0.0.0/0, ::/0", "PersistentKeepalive = 25"));
        var rulesBefore = Rules(pair.Left);
        pair.Right.Up();
        pair.Left.Up();
        pair.Left.WaitReach("10.5.0.2", Pair.Soon);
        using (var capture = pair.Left.Capture("eth0"))
        {
            PingAssert.Answered(pair.Left.Ping("10.5.0.2"));
            PingAssert.Answered(pair.Left.Ping("fd05::2"));
            // Only the tunnel's own datagrams pass the wire, to the endpoint itself.
            var packets = capture.WaitFor(12, p => p.UdpPayload.Length > 0, Pair.Soon);
            Assert.All(packets, p => Assert.Contains((ushort)51820, (ushort[])[p.SourcePort, p.DestinationPort]));
            Assert.DoesNotContain(capture.Packets(), p => p.Ip.Length > 0 && p.UdpDatagram.Length == 0 && !IsAmongNeighbours(p.Ip));
        }

        Assert.Contains(pair.Left.Run("ip", "rule").Output.Split('\n'), l => l.Contains("suppress_prefixlength 0", StringComparison.Ordinal));
        pair.Left.Down();
        Assert.Equal(rulesBefore, Rules(pair.Left));
    }

    // Neighbour discovery (ICMPv6 types 133 to 137) and whatever goes to ff02::/16, such as the kernel's multicast listener reports.
    private static bool IsAmongNeighbours(ReadOnlySpan<byte> ip) => ip[0] >> 4 == 6 && (ip[24] == 0xff || (ip[6] == 58 && ip[40] is >= 133 and <= 137));

    private static string Rules(Node node) => string.Concat(((string[])["-4", "-6"]).Select(family =>
        node.Run("ip", family, "rule").Output + node.Run("ip", family, "route", "show", "table", "all").Output)) + node.Run("nft", "list", "ruleset").Output;
}
