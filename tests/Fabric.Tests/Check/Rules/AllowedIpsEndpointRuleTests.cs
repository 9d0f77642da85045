using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsEndpointRuleTests
{
    [Fact]
    public void Rejects_a_network_that_holds_the_endpoint()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 192.0.2.0/24\n", StringComparison.Ordinal)).Rejects("allowed-ips-endpoint", "one.conf");
    }

    [Fact]
    public void Rejects_halves_of_everything()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "0.0.0.0/1, 128.0.0.0/1\n", StringComparison.Ordinal)).Rejects("allowed-ips-endpoint", "one.conf");
    }

    [Fact]
    public void Accepts_everything()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "0.0.0.0/0, ::/0\n", StringComparison.Ordinal)).Accepts("allowed-ips-endpoint");
    }

    [Fact]
    public void Accepts_what_makes_no_routes()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 192.0.2.0/24\n", StringComparison.Ordinal).Replace("PostUp", "Table = off\nPostUp", StringComparison.Ordinal)).Accepts("allowed-ips-endpoint");
    }
}
