using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class EndpointPortRuleTests
{
    [Fact]
    public void Rejects_a_port_on_which_nobody_listens()
    {
        var finding = Three.Check(one: text => text.Replace("192.0.2.1:51820", "192.0.2.1:51280", StringComparison.Ordinal)).Rejects("endpoint-port", "one.conf");
        Assert.Equal("Endpoint = 192.0.2.1:51820", finding.Fix);
        Assert.Contains("hub.conf:3", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_a_port_that_a_hook_redirects()
    {
        Three.Check(hub: text => text.Replace("PostUp = sysctl", "PostUp = iptables -t nat -A PREROUTING -p udp --dport 443 -j REDIRECT --to-ports 51820\nPostUp = sysctl", StringComparison.Ordinal),
            one: text => text.Replace("192.0.2.1:51820", "192.0.2.1:443", StringComparison.Ordinal)).Accepts("endpoint-port");
    }
}
