using System;
using Warren.Lab;

namespace Warren.Examples.TwoSites;

/// <summary>Two sites behind NAT and a public hub: the hosts and networks of the article whose configurations lie beside this file.</summary>
internal static class TwoSites
{
    public const string Drawing = """
          lan1 .20 ─┐ 192.168.1.0/24                             172.16.1.0/24 ┌─ lan2 .20
                    ├── nat1 .1 ── 198.51.100.2   203.0.113.2 ── .1 nat2 ──────┤
          site1 .10 ┘       \                                     /            └ site2 .10
        (wg0 10.1.1.11)      └──────────── internet ─────────────┘            (wg0 10.1.1.12)
                                              │
                                      hub 10.0.0.10 = example.com
                                          (wg0 10.1.1.1)
        """;

    /// <summary>The hosts that have a wg0.</summary>
    public static readonly string[] Tunnelled = ["hub", "site1", "site2"];

    /// <summary>The network; <paramref name="configuration"/> gives the text of /etc/wireguard/wg0.conf by the host's name.</summary>
    public static Topology Topology(Func<string, string> configuration)
    {
        var topology = new Topology();
        topology.Node("internet").On("public", "10.0.0.1/24").On("isp1", "198.51.100.1/30").On("isp2", "203.0.113.1/30").Forward();
        topology.Node("hub").On("public", "10.0.0.10/24").Route("default via 10.0.0.1").Forward();
        Site(topology, 1, "192.168.1", "198.51.100", "172.16.1");
        Site(topology, 2, "172.16.1", "203.0.113", "192.168.1");
        foreach (var host in Tunnelled) topology.Node(host).File("/etc/wireguard/wg0.conf", configuration(host));
        return topology;
    }

    private static void Site(Topology topology, int number, string network, string outside, string other)
    {
        var lan = $"network{number}";
        topology.Node($"nat{number}").On($"isp{number}", $"{outside}.2/30").On(lan, $"{network}.1/24").Route($"default via {outside}.1").Gateway();
        topology.Node($"site{number}").On(lan, $"{network}.10/24").Route($"default via {network}.1").Forward().Host("example.com", "10.0.0.10");
        // "If fiddling with the gateway isn't an option, the route needs to be set on each": the article's two routes.
        topology.Node($"lan{number}").On(lan, $"{network}.20/24").Route($"default via {network}.1")
            .Route($"10.1.1.0/24 via {network}.10").Route($"{other}.0/24 via {network}.10");
    }
}
