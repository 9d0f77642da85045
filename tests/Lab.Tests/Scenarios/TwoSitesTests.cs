using System;
using Warren.Examples.TwoSites;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class TwoSitesTests
{
    [Theory]
    [ClassData(typeof(Kits))]
    public void Hosts_of_both_networks_reach_each_other_and_every_tunnel_address(Kit kit)
    {
        using var lab = TwoSites.Topology(host => Example.Read($"two-sites/{host}.conf")).Start();
        lab.Use(kit);
        foreach (var name in TwoSites.Tunnelled) lab[name].Up();

        lab["lan1"].WaitReach("172.16.1.20", TimeSpan.FromSeconds(15));
        foreach (var from in (string[])["lan1", "lan2", "hub", "site1", "site2"])
        {
            foreach (var to in (string[])["10.1.1.1", "10.1.1.11", "10.1.1.12", "192.168.1.20", "172.16.1.20"])
                PingAssert.Answered(lab[from].Ping(to));
        }

        var second = TimeSpan.FromSeconds(1);
        Assert.True(lab["lan1"].Stream(lab["lan2"], "172.16.1.20", second).Bytes > 1_000_000);
        Assert.True(lab["lan2"].Stream(lab["lan1"], "192.168.1.20", second).Bytes > 1_000_000);
    }
}
