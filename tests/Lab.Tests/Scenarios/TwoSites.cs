namespace Warren.Lab.Tests.Scenarios;

/// <summary>Two sites behind NAT and a public hub, with the addresses of the document whose configurations are in examples/two-sites.</summary>
//
//  lan1 .20 ─┐ 192.168.1.0/24                             172.16.1.0/24 ┌─ lan2 .20
//            ├── nat1 .1 ── 198.51.100.2   203.0.113.2 ── .1 nat2 ──────┤
//  site1 .10 ┘       \                                     /            └ site2 .10
//                     └──────────── internet ─────────────┘
//                                      │
//                              hub 10.0.0.10 (example.com)
//
internal static class TwoSites
{
    public static Topology Topology()
    {
        var topology = new Topology();
        topology.Node("internet").On("public", "10.0.0.1/24").On("isp1", "198.51.100.1/30").On("isp2", "203.0.113.1/30").Forward();
        topology.Node("hub").On("public", "10.0.0.10/24").Route("default via 10.0.0.1").Forward()
            .File("/etc/wireguard/wg0.conf", Example.Read("two-sites/hub.conf"));
        Site(topology, 1, "192.168.1", "198.51.100", "172.16.1");
        Site(topology, 2, "172.16.1", "203.0.113", "192.168.1");
        return topology;
    }

    private static void Site(Topology topology, int number, string network, string outside, string other)
    {
        var lan = $"network{number}";
        topology.Node($"nat{number}").On($"isp{number}", $"{outside}.2/30").On(lan, $"{network}.1/24").Route($"default via {outside}.1").Gateway();
        topology.Node($"site{number}").On(lan, $"{network}.10/24").Route($"default via {network}.1").Forward()
            .Host("example.com", "10.0.0.10")
            .File("/etc/wireguard/wg0.conf", Example.Read($"two-sites/site{number}.conf"));
        topology.Node($"lan{number}").On(lan, $"{network}.20/24").Route($"default via {network}.1")
            .Route($"10.1.1.0/24 via {network}.10").Route($"{other}.0/24 via {network}.10");
    }
}
