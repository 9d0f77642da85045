using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class ListenPortMissingRuleTests
{
    [Fact]
    public void Rejects_a_host_that_others_dial()
    {
        var finding = Three.Check(hub: text => text.Replace("ListenPort = 51820\n", "", StringComparison.Ordinal)).Rejects("listen-port-missing", "hub.conf");
        Assert.Equal("ListenPort = 51820", finding.Fix);
    }

    [Fact]
    public void Accepts_a_host_that_only_dials()
    {
        Three.Check().Accepts("listen-port-missing");
    }
}
