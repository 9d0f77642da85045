namespace Warren.Engine.Tests.Live;

/// <summary>Two devices of ours over a wire.</summary>
[Trait("Category", "Root")]
public class DeviceTests
{
    [Theory]
    [InlineData(1, "192.0.2.2:51820")]
    [InlineData(1, "[2001:db8::2]:51820")]
    [InlineData(3, "192.0.2.2:51820")]
    public void Two_devices_carry_packets(int workers, string endpoint)
    {
        using var left = new TestNamespace();
        using var right = new TestNamespace();
        left.JoinTo(right);
        using var a = new TestDevice(left, "wg0", workers).Up("10.9.0.1/24", 51820);
        using var b = new TestDevice(right, "wg0", workers).Up("10.9.0.2/24", 51820);
        a.AddPeer(b.PublicKey, endpoint, null, "10.9.0.2/32");
        b.AddPeer(a.PublicKey, null, null, "10.9.0.1/32");

        left.Run("ping -c 3 -i 0.05 -W 2 10.9.0.2");
        left.Run("ping -c 50 -i 0.002 -s 1300 -W 2 10.9.0.2");

        var state = b.State();
        Assert.Equal(51820, state.ListenPort);
        var peer = Assert.Single(state.Peers);
        Assert.NotEqual(0, peer.LastHandshakeSeconds);
        Assert.True(peer.ReceivedBytes > 50 * 1300);
        Assert.True(peer.SentBytes > 50 * 1300);
        Assert.NotNull(peer.Endpoint);
        Assert.Empty(a.Device.ReportDrops().Device);
        Assert.Empty(b.Device.ReportDrops().Device);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Large_packets_pass_once_the_mtu_allows_them(int workers)
    {
        using var left = new TestNamespace();
        using var right = new TestNamespace();
        left.JoinTo(right);
        left.Run("ip link set wire mtu 9100");
        right.Run("ip link set wire mtu 9100");
        using var a = new TestDevice(left, "wg0", workers).Up("10.9.0.1/24", 51820);
        using var b = new TestDevice(right, "wg0", workers).Up("10.9.0.2/24", 51820);
        a.AddPeer(b.PublicKey, "192.0.2.2:51820", null, "10.9.0.2/32");
        b.AddPeer(a.PublicKey, null, null, "10.9.0.1/32");
        foreach (var device in new[] { a, b })
        {
            device.Space.Run("ip link set wg0 mtu 9000");
            device.Device.SetMtu(9000);
        }

        for (var i = 0; i < 8; i++)
            left.Run($"ping -c 1 -s {8000 + i} -M do -W 3 10.9.0.2");
        Assert.Empty(a.Device.ReportDrops().Device);
        Assert.Empty(b.Device.ReportDrops().Device);
    }
}
