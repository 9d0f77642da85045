using System;
using Warren.Linux;
using Warren.Linux.Tun;
using Warren.Protocol.Crypto;

namespace Warren.Engine.Tests.Live;

/// <summary>A machine that computes wrongly seals nothing.</summary>
[Trait("Category", "Root")]
public class SelfTestRunTests
{
    [Fact]
    public void A_device_whose_self_test_fails_ends_when_its_link_goes_up_and_opens_no_port()
    {
        using var space = new TestNamespace();
        using var output = new System.IO.StringWriter();
        LinuxException? failure = null;
        var wrong = SelfTestRun.Begin(new Primitives { X25519 = static (_, _, _) => true });
        using var tun = space.In(() => TunDevice.Open("wg0"));
        using var device = space.In(() => new Device(tun, 1420, new Log(LogLevel.Error, "wg0", output), caught => failure = caught, selfTest: wrong));
        space.Run("ip link set wg0 up");
        space.In(device.Up);
        Assert.Contains("self-test of X25519", failure?.Message, StringComparison.Ordinal);
        Assert.Contains("the self-test of X25519 failed", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", space.Run("ss -Hulnp"));
    }

    [Fact]
    public void A_sound_machine_passes() => Assert.Null(SelfTestRun.Begin(Primitives.Managed).Failure);
}
