using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class MtuRuleTests
{
    [Fact]
    public void Rejects_an_MTU_without_room_for_the_tunnel()
    {
        var finding = Three.Check(one: text => text.Replace("PostUp", "MTU = 1500\nPostUp", StringComparison.Ordinal)).Rejects("mtu", "one.conf", Severity.Warning);
        Assert.Equal("MTU = 1420", finding.Fix);
    }

    [Fact]
    public void Rejects_an_MTU_too_small_for_IPv6()
    {
        Three.Check(one: text => text.Replace("PostUp", "Address = fd00::2/64\nMTU = 1200\nPostUp", StringComparison.Ordinal)).Rejects("mtu", "one.conf");
    }

    [Fact]
    public void Accepts_what_fits()
    {
        foreach (var mtu in new[] { "1420", "1440", "1280" })
            Three.Check(one: text => text.Replace("PostUp", $"MTU = {mtu}\nPostUp", StringComparison.Ordinal)).Accepts("mtu");
    }
}
