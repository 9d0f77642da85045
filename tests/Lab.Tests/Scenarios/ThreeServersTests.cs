using System;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class ThreeServersTests
{
    private static readonly string[] Addresses = ["192.168.100.10", "192.168.100.11", "192.168.100.12"];

    [Theory]
    [ClassData(typeof(Kits))]
    public void As_they_stand_the_endpoint_has_no_port_and_nothing_is_left_behind(Kit kit)
    {
        using var lab = ThreeServers.Topology(s => Example.Read($"three-servers/{s}.conf")).Start();
        lab.Use(kit);
        lab["s1"].Up();
        foreach (var server in (string[])["s2", "s3"])
        {
            var result = lab[server].Run("wg-quick", "up", "wg0");
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("Unable to find port of endpoint: `107.100.10.10'", result.Error, StringComparison.Ordinal);
            Assert.False(lab[server].Run("ip", "link", "show", "wg0").Succeeded);
            Poll.WaitUntil("no engine is left", () => lab[server].Processes().Count == 0, Pair.Soon);
        }
    }

    [Theory]
    [ClassData(typeof(Kits))]
    public void The_command_of_the_article_looks_for_another_file(Kit kit)
    {
        using var lab = ThreeServers.Topology(s => ThreeServers.Mended(s, s)).Start();
        lab.Use(kit);
        var result = lab["s1"].Run("sh", "-c", "cd /etc/wireguard && wg-quick up wg0.conf");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/etc/wireguard/wg0.conf.conf' does not exist", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(Kits))]
    public void With_the_port_alone_the_public_keys_still_belong_to_nobody(Kit kit)
    {
        using var lab = ThreeServers.Topology(s => s == "s1" ? Example.Read("three-servers/s1.conf") : ThreeServers.Mended(s, s)).Start();
        lab.Use(kit);
        foreach (var server in ThreeServers.Servers) lab[server].Up();
        Assert.False(lab["s2"].CanReach("192.168.100.10", TimeSpan.FromSeconds(1)));
        Assert.All(lab["s1"].Wg("show", "wg0", "latest-handshakes").TrimEnd().Split('\n'), l => Assert.EndsWith("\t0", l, StringComparison.Ordinal));
    }

    [Theory]
    [ClassData(typeof(Kits))]
    public void With_port_and_keys_all_three_reach_each_other(Kit kit)
    {
        using var lab = Started(kit, s => ThreeServers.Mended(s, s));
        foreach (var from in ThreeServers.Servers)
        {
            foreach (var to in Addresses) PingAssert.Answered(lab[from].Ping(to));
        }
    }

    [Theory]
    [ClassData(typeof(Kits))]
    public void Container_networks_reach_each_other(Kit kit)
    {
        using var lab = Started(kit, s => ThreeServers.Mended($"containers-{s}", s));
        CrossPing(lab);
    }

    [Theory]
    [ClassData(typeof(Kits))]
    public void One_wide_range_does_instead_of_a_list(Kit kit)
    {
        using var lab = Started(kit, s => ThreeServers.Mended(s == "s2" ? "wide-s2" : $"containers-{s}", s));
        CrossPing(lab);
    }

    private static LiveTopology Started(Kit kit, Func<string, string> configuration)
    {
        var lab = ThreeServers.Topology(configuration).Start();
        lab.Use(kit);
        foreach (var server in ThreeServers.Servers) lab[server].Up();
        // s1 knows no endpoint of the container variant before the others have spoken.
        lab["s2"].WaitReach("192.168.100.10", Pair.Soon);
        lab["s3"].WaitReach("192.168.100.11", Pair.Soon);
        return lab;
    }

    private static void CrossPing(LiveTopology lab)
    {
        foreach (var from in (string[])["c1", "c2", "c3"])
        {
            foreach (var to in (string[])["10.0.4.2", "10.0.5.2", "10.0.7.2"]) PingAssert.Answered(lab[from].Ping(to));
        }
    }
}
