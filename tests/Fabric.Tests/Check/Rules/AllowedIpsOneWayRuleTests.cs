using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsOneWayRuleTests
{
    [Fact]
    public void Rejects_what_the_other_end_does_not_allow_back()
    {
        var finding = Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.1/32\n", StringComparison.Ordinal)).Rejects("allowed-ips-one-way", "one.conf", Severity.Warning);
        Assert.Equal("AllowedIPs = 10.9.0.1/32, 10.9.0.3/32", finding.Fix);
    }

    [Fact]
    public void Accepts_hosts_that_reach_the_hub_alone()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.1/32\n", StringComparison.Ordinal), two: text => text.Replace("10.9.0.0/24, 192.168.7.0/24", "10.9.0.1/32", StringComparison.Ordinal))
            .Accepts("allowed-ips-one-way");
    }
}
