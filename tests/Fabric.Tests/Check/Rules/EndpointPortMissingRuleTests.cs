using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class EndpointPortMissingRuleTests
{
    [Fact]
    public void Rejects_an_address_alone()
    {
        var finding = Three.Check(one: text => text.Replace("192.0.2.1:51820", "192.0.2.1", StringComparison.Ordinal)).Rejects("endpoint-without-port", "one.conf");
        Assert.Equal("Endpoint = 192.0.2.1:51820", finding.Fix);
    }

    [Fact]
    public void Rejects_an_IPv6_address_alone()
    {
        var finding = Three.Check(one: text => text.Replace("192.0.2.1:51820", "[2001:db8::1]", StringComparison.Ordinal)).Rejects("endpoint-without-port", "one.conf");
        Assert.Equal("Endpoint = [2001:db8::1]:51820", finding.Fix);
    }

    [Fact]
    public void Accepts_names_and_addresses_with_a_port()
    {
        foreach (var endpoint in new[] { "hub.example.com:51820", "[2001:db8::1]:51820", "192.0.2.1:51820" })
            Three.Files(("one.conf", Three.One.Replace("192.0.2.1:51820", endpoint, StringComparison.Ordinal))).Accepts("endpoint-without-port");
    }
}
