using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Lab.Traffic;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>What takes minutes by the protocol's own clocks. All mixes run at once, beside the other tests.</summary>
[Trait("Category", "Root")]
public sealed class LongRekeyTests
{
    private const int Initiation = 1;
    private const int Response = 2;
    private const int Pings = 520;
    private static readonly TimeSpan RekeyAfterTime = TimeSpan.FromSeconds(120);

    [Fact]
    public void A_session_is_renewed_after_two_minutes_without_losing_a_packet()
    {
        var mixes = new Mixes().Select(row => (Left: row.Data.Item1, Right: row.Data.Item2)).ToArray();
        var pairs = mixes.Select(mix => new Pair(mix.Left, mix.Right)).ToArray();
        var captures = pairs.Select(pair => pair.Path.Capture("eth0", "udp port 51820 and (udp[8:4] = 0x01000000 or udp[8:4] = 0x02000000)")).ToArray();
        try
        {
            foreach (var pair in pairs) pair.Up();
            var pings = pairs.Select(pair => pair.Left.Start("ping", "-n", "-i", "0.25", "-c", $"{Pings}", "10.9.0.2")).ToArray();
            for (var i = 0; i < pairs.Length; i++)
            {
                var text = pings[i].WaitForExit(RekeyAfterTime * 1.5).Output;
                // The very last answer may come after ping has gone.
                var lost = Enumerable.Range(1, Pings - 1).Where(n => !text.Contains($"icmp_seq={n} ", StringComparison.Ordinal));
                Assert.True(!lost.Any(), $"{mixes[i]}: not answered: {string.Join(' ', lost)}");
                AssertRenewed(captures[i].Packets(), mixes[i].ToString());
            }
        }
        finally
        {
            foreach (var disposable in captures.Concat<IDisposable>(pairs)) disposable.Dispose();
        }
    }

    private static void AssertRenewed(IReadOnlyList<CapturedPacket> handshakes, string mix)
    {
        var initiations = handshakes.Where(p => p.UdpPayload[0] == Initiation).ToArray();
        Assert.True(initiations.Length == 2, $"{mix}: {initiations.Length} initiations");
        Assert.Equal(2, handshakes.Count(p => p.UdpPayload[0] == Response));
        // The initiator asks, at its next packet after the time: pings are 0.25 s apart.
        var gap = initiations[1].Time - initiations[0].Time;
        Assert.True(gap >= RekeyAfterTime && gap < RekeyAfterTime + TimeSpan.FromSeconds(3), $"{mix}: {gap}");
        Assert.Equal(initiations[0].Ip.Slice(12, 4).ToArray(), initiations[1].Ip.Slice(12, 4).ToArray());
    }
}
