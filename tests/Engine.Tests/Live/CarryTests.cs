using System;
using System.Text.RegularExpressions;
using System.Globalization;
using System.Linq;
using Warren.Linux;
using Warren.Engine.Uapi;
using Warren.Protocol;

namespace Warren.Engine.Tests.Live;

/// <summary>What packets cost, and what garbage may not.</summary>
[Trait("Category", "Root")]
public sealed class CarryTests : IDisposable
{
    private readonly TestNamespace _left = new();
    private readonly TestNamespace _right = new();
    private readonly TestDevice _a;
    private readonly TestDevice _b;

    public CarryTests()
    {
        _left.JoinTo(_right);
        _a = new TestDevice(_left, "wg0").Up("10.9.0.1/24", 51820);
        _b = new TestDevice(_right, "wg0").Up("10.9.0.2/24", 51820);
        _a.AddPeer(_b.PublicKey, "192.0.2.2:51820", null, "10.9.0.2/32");
        _b.AddPeer(_a.PublicKey, "192.0.2.1:51820", null, "10.9.0.1/32");
        _left.Run("ping -c 1 -W 5 10.9.0.2");
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _left.Dispose();
        _right.Dispose();
    }

    [Fact]
    public void A_million_packets_each_way_allocate_nothing()
    {
        const ulong Packets = 1_000_000;
        const int Payload = 64;
        const ulong Datagram = 16 + 96 + 16; // 28 bytes of headers and the payload, padded.
        const long PerHandshake = 2048;
        using var there = new Blaster(_left, "10.9.0.2", 9, Payload);
        using var back = new Blaster(_right, "10.9.0.1", 9, Payload);

        // Past tiered compilation and every first time.
        WaitForPackets(Datagram, 50_000);
        var before = (Allocated(_a), Allocated(_b));
        var handshakes = (Handshakes(_a, _b), Handshakes(_b, _a));
        var from = (Received(_a), Received(_b));
        WaitForPackets(Datagram, (Math.Max(from.Item1, from.Item2) / Datagram) + Packets);
        var after = (Allocated(_a), Allocated(_b));

        // On a slow machine it takes longer than a session lasts: a handshake makes a new keypair.
        Assert.InRange(after.Item1 - before.Item1, 0, (Handshakes(_a, _b) - handshakes.Item1) * PerHandshake);
        Assert.InRange(after.Item2 - before.Item2, 0, (Handshakes(_b, _a) - handshakes.Item2) * PerHandshake);
    }

    [Fact]
    public void An_idle_device_does_not_wake_up()
    {
        // The reply to the ping is answered with a keepalive after ten seconds: until then nothing is due.
        System.Threading.Thread.Sleep(300);
        var before = (_a.Device.WakeUps, _b.Device.WakeUps);
        System.Threading.Thread.Sleep(3000);
        Assert.Equal(before, (_a.Device.WakeUps, _b.Device.WakeUps));
    }

    [Fact]
    public void Garbage_at_full_rate_is_counted_costs_no_memory_and_stops_no_tunnel()
    {
        using var small = new Blaster(_left, "192.0.2.2", 51820, 148, random: true);
        using var other = new Blaster(_left, "192.0.2.2", 51820, 92, random: true);
        TestNamespace.WaitUntil("garbage arrives", () => Dropped(DropReason.BadMac1) > 1000, TimeSpan.FromSeconds(20));
        var before = Allocated(_b);
        TestNamespace.WaitUntil("more garbage", () => Dropped(DropReason.UnknownReceiverIndex) > 50_000, TimeSpan.FromSeconds(60));
        var pings = _left.Run("ping -c 40 -i 0.02 -W 3 10.9.0.2");

        // The kernel drops what a full socket cannot take, ours among it, when the machine is busy: most pass all the same.
        var received = int.Parse(Regex.Match(pings, "([0-9]+) received").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(received >= 30, pings);
        Assert.True(Dropped(DropReason.Malformed) > 0);
        Assert.True(Allocated(_b) - before < 65536, $"{Allocated(_b) - before} bytes were allocated");
        var drop = _b.Device.ReportDrops().Device.First(static record => record.Reason == DropReason.BadMac1);
        Assert.StartsWith("192.0.2.1:", drop.Last.Endpoint.ToString(), StringComparison.Ordinal);
        Assert.Contains(drop.Last.Size, new[] { 92, 148 });
    }

    [Fact]
    public void The_port_changes_live_and_a_port_in_use_is_refused_with_the_old_one_kept()
    {
        Assert.Equal(Errno.None, _b.Configure(new DeviceChange { ListenPort = 4444 }));
        Assert.Equal(4444, _b.State().ListenPort);
        _right.Run("ping -c 2 -i 0.1 -W 3 10.9.0.1");
        using (_right.In(() => Port.Open(default, 5555, 0, 1)))
            Assert.Equal(Errno.EADDRINUSE, _b.Configure(new DeviceChange { ListenPort = 5555 }));
        Assert.Equal(4444, _b.State().ListenPort);
        _left.Run("ping -c 2 -i 0.1 -W 3 10.9.0.2");
        Assert.Equal(Errno.None, _b.Configure(new DeviceChange { ListenPort = 0, FwMark = 5 }));
        Assert.NotEqual(4444, _b.State().ListenPort);
        _right.Run("ping -c 2 -i 0.1 -W 3 10.9.0.1");
    }

    [Fact]
    public void What_is_refused_inside_is_counted_with_its_addresses()
    {
        _left.Run("ip route add 10.77.0.0/16 dev wg0");
        _left.TryRun("ping -c 1 -W 0.2 10.77.0.1");
        var drop = Assert.Single(_a.Device.ReportDrops().Device);
        Assert.Equal(DropReason.NoPeerForDestination, drop.Reason);
        Assert.Equal("10.77.0.1", drop.Last.InnerDestination.ToString());

        _left.Run("ip address add 10.66.0.1/32 dev wg0");
        _left.TryRun("ping -c 1 -W 0.2 -I 10.66.0.1 10.9.0.2");
        var peer = Assert.Single(_b.Device.ReportDrops().Peers);
        Assert.Equal(_a.PublicKey, peer.Peer);
        drop = Assert.Single(peer.Drops);
        Assert.Equal(DropReason.SourceNotAllowed, drop.Reason);
        Assert.Equal("10.66.0.1", drop.Last.InnerSource.ToString());
    }

    [Fact]
    public void A_new_private_key_is_used_at_once_and_the_same_one_again_changes_nothing()
    {
        var handshake = _a.State().Peers[0].LastHandshakeSeconds;
        Span<byte> bytes = stackalloc byte[32];
        _a.PrivateKey.CopyTo(bytes);
        Assert.Equal(Errno.None, _a.Configure(new DeviceChange { PrivateKey = Protocol.Keys.PrivateKey.FromBytes(bytes) }));
        _left.Run("ping -c 1 -W 1 10.9.0.2");
        Assert.Equal(handshake, _a.State().Peers[0].LastHandshakeSeconds);

        using var fresh = Protocol.Keys.PrivateKey.Generate(SystemRandom.Shared);
        fresh.CopyTo(bytes);
        _b.AddPeer(fresh.PublicKey, null, null, "10.9.0.1/32");
        Assert.Equal(Errno.None, _a.Configure(new DeviceChange { PrivateKey = Protocol.Keys.PrivateKey.FromBytes(bytes) }));
        _left.Run("ping -c 1 -W 3 10.9.0.2");
    }

    private static long Allocated(TestDevice device)
    {
        long bytes = 0;
        device.Device.Workers[0].Invoke(() => bytes = GC.GetAllocatedBytesForCurrentThread());
        return bytes;
    }

    private static long Handshakes(TestDevice device, TestDevice other)
    {
        Assert.True(device.Device.TryFindPeer(other.PublicKey, out var peer));
        lock (peer.Gate)
            return (long)(peer.Tunnel.Counters.InitiationsReceived + peer.Tunnel.Counters.InitiationsSent);
    }

    private static ulong Received(TestDevice device) => device.State().Peers[0].ReceivedBytes;

    private void WaitForPackets(ulong datagram, ulong count) => TestNamespace.WaitUntil(
        $"{count} packets each way",
        () => Received(_a) / datagram >= count && Received(_b) / datagram >= count,
        TimeSpan.FromMinutes(8));

    private ulong Dropped(DropReason reason) =>
        _b.Device.ReportDrops().Device.FirstOrDefault(record => record.Reason == reason).Count;
}
