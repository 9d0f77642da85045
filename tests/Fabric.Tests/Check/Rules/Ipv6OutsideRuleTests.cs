using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class Ipv6OutsideRuleTests
{
    [Fact]
    public void Rejects_a_full_tunnel_with_name_servers()
    {
        var finding = Three.Check(one: text => text.Replace("10.9.0.0/24\n", "0.0.0.0/0\n", StringComparison.Ordinal).Replace("PostUp", "DNS = 10.9.0.1\nPostUp", StringComparison.Ordinal)).Rejects("ipv6-outside", "one.conf", Severity.Warning);
        Assert.Equal("AllowedIPs = 0.0.0.0/0, ::/0", finding.Fix);
    }

    [Fact]
    public void Accepts_both_families()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "0.0.0.0/0, ::/0\n", StringComparison.Ordinal)).Accepts("ipv6-outside");
    }
}
