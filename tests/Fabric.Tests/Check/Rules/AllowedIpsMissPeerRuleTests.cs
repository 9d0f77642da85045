using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsMissPeerRuleTests
{
    [Fact]
    public void Rejects_another_hosts_address()
    {
        var finding = Three.Check(hub: text => text.Replace("10.9.0.3/32", "10.9.0.33/32", StringComparison.Ordinal)).Rejects("allowed-ips-miss-peer", "hub.conf");
        Assert.Equal("AllowedIPs = 10.9.0.3/32", finding.Fix);
    }

    [Fact]
    public void Rejects_subnets_without_the_gateways_own_address()
    {
        var finding = Three.Check(two: text => text.Replace("10.9.0.0/24, 192.168.7.0/24", "192.168.7.0/24", StringComparison.Ordinal)).Rejects("allowed-ips-miss-peer", "two.conf", Severity.Warning);
        Assert.Equal("AllowedIPs = 192.168.7.0/24, 10.9.0.1/32", finding.Fix);
        Assert.Contains("too big", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_a_network_that_has_it()
    {
        Three.Check().Accepts("allowed-ips-miss-peer");
    }
}
