using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsOwnNetworkRuleTests
{
    [Fact]
    public void Rejects_the_network_on_this_side()
    {
        var finding = Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 192.168.7.0/24\n", StringComparison.Ordinal)).Rejects("allowed-ips-own-network", "one.conf", Severity.Warning);
        Assert.Equal("AllowedIPs = 10.9.0.0/24", finding.Fix);
        Assert.Contains("hub.conf:9", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_a_network_around_it()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 192.168.0.0/16\n", StringComparison.Ordinal)).Rejects("allowed-ips-own-network", "one.conf", Severity.Warning);
    }

    [Fact]
    public void Remarks_on_it_where_no_route_is_made()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 192.168.7.0/24\n", StringComparison.Ordinal).Replace("PostUp", "Table = off\nPostUp = ip route add 10.9.0.0/24 dev %i\nPostUp", StringComparison.Ordinal))
            .Rejects("allowed-ips-own-network", "one.conf", Severity.Info);
    }

    [Fact]
    public void Rejects_the_hosts_own_address()
    {
        Three.Check(one: text => text.Replace("10.9.0.0/24\n", "10.9.0.0/24, 10.9.0.2/32\n", StringComparison.Ordinal)).Rejects("allowed-ips-own-network", "one.conf");
    }

    [Fact]
    public void Accepts_networks_on_the_other_side()
    {
        Three.Check().Accepts("allowed-ips-own-network");
    }
}
