using System;
using System.Globalization;
using System.Linq;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class LongIdleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    // §6.5: a side that got data and had none to send says so once, 10 s later.
    private static readonly TimeSpan LastKeepalive = TimeSpan.FromSeconds(12);

    [Fact]
    public void An_idle_device_emits_nothing_and_costs_nothing()
    {
        using var pair = new Pair(Kit.Warren, Kit.Warren).Up();
        using (var settling = pair.Path.Capture("eth0"))
        {
            // Silence long enough that no keepalive can be pending: neighbours' ARP is none of the device's.
            var seen = 0;
            Poll.WaitUntil("the last keepalive was sent", () =>
            {
                var before = seen;
                return !Poll.Until(() => (seen = settling.Packets().Count(p => p.UdpPayload.Length > 0)) > before, LastKeepalive);
            }, Minute);
        }

        using var outside = pair.Path.Capture("eth0", "udp");
        using var inside = pair.Left.Capture("wg0");
        var engines = ((Node[])[pair.Left, pair.Right]).Select(Pair.Engine).ToArray();
        var used = engines.Select(e => e.ProcessorTime).ToArray();
        var switches = engines.Select(e => e.VoluntarySwitches).ToArray();
        var emitted = Poll.Until(() => outside.Packets().Count + inside.Packets().Count > 0, Minute);
        Assert.False(emitted, "an idle device sent a packet");
        for (var i = 0; i < engines.Length; i++)
        {
            // 0.1 % of a core.
            Assert.True(engines[i].ProcessorTime - used[i] <= Minute / 1000, $"{engines[i].ProcessorTime - used[i]} in a minute");
            var woken = engines[i].VoluntarySwitches - switches[i];
            Assert.True(woken < 60, string.Create(CultureInfo.InvariantCulture, $"woken {woken} times in a minute"));
        }
    }
}
