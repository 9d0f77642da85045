using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsHostBitsRuleTests
{
    [Fact]
    public void Rejects_an_address_with_its_networks_length()
    {
        var finding = Three.Check(hub: text => text.Replace("10.9.0.3/32", "10.9.0.3/24", StringComparison.Ordinal)).Rejects("allowed-ips-host-bits", "hub.conf", Severity.Warning);
        Assert.Equal("AllowedIPs = 10.9.0.3/32", finding.Fix);
    }

    [Fact]
    public void Accepts_networks()
    {
        Three.Check().Accepts("allowed-ips-host-bits");
    }
}
