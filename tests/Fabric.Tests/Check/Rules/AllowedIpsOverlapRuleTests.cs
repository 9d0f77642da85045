using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsOverlapRuleTests
{
    [Fact]
    public void Rejects_one_prefix_at_two_peers()
    {
        var finding = Three.Check(hub: text => text.Replace("10.9.0.3/32", "10.9.0.3/32, 192.168.7.0/24", StringComparison.Ordinal)).Rejects("allowed-ips-overlap", "hub.conf");
        Assert.Contains("line 9", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_on_a_part_of_another_peers_network()
    {
        Three.Check(hub: text => text.Replace("10.9.0.3/32", "10.9.0.3/32, 192.168.0.0/16", StringComparison.Ordinal)).Rejects("allowed-ips-overlap", "hub.conf", Severity.Info);
    }

    [Fact]
    public void Accepts_one_address_out_of_another_peers_network()
    {
        Three.Check(hub: text => text.Replace("10.9.0.3/32", "10.9.0.3/32, 192.168.7.9/32", StringComparison.Ordinal)).Accepts("allowed-ips-overlap");
    }
}
