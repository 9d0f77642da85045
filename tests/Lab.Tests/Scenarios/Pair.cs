using System;
using System.Linq;
using Warren.Lab.Processes;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Two hosts with one router between them. Only the left one knows an endpoint, so it starts the first handshake.</summary>
//
//  left  10.1.0.2 ─── 10.1.0.1  path  10.2.0.1 ─── 10.2.0.2  right
//        fd01::2      fd01::1         fd02::1      fd02::2
//  wg0   10.9.0.1, fd09::1                         10.9.0.2, fd09::2
//
internal sealed class Pair : IDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    private readonly LiveTopology lab;

    public Pair(Kit left, Kit right, Action<Topology>? change = null, Action<Pair>? configure = null)
    {
        LeftConfig = new TunnelConfig(LeftKey, "10.9.0.1/24", "fd09::1/64").With("ListenPort = 51820")
            .Peer(RightKey.Public, "10.9.0.2/32, fd09::2/128").With("Endpoint = 10.2.0.2:51820");
        RightConfig = new TunnelConfig(RightKey, "10.9.0.2/24", "fd09::2/64").With("ListenPort = 51820")
            .Peer(LeftKey.Public, "10.9.0.1/32, fd09::1/128");
        configure?.Invoke(this);

        var topology = new Topology();
        topology.Node("left").On("west", "10.1.0.2/24", "fd01::2/64").Route("default via 10.1.0.1").Route("default via fd01::1");
        topology.Node("path").On("west", "10.1.0.1/24", "fd01::1/64").On("east", "10.2.0.1/24", "fd02::1/64").Forward();
        topology.Node("right").On("east", "10.2.0.2/24", "fd02::2/64").Route("default via 10.2.0.1").Route("default via fd02::1");
        change?.Invoke(topology);
        lab = topology.Start();
        Left.Use(left);
        Right.Use(right);
        Left.WriteFile("/etc/wireguard/wg0.conf", LeftConfig.ToString());
        Right.WriteFile("/etc/wireguard/wg0.conf", RightConfig.ToString());
    }

    public TunnelKey LeftKey { get; } = TunnelKey.New();

    public TunnelKey RightKey { get; } = TunnelKey.New();

    public TunnelConfig LeftConfig { get; set; }

    public TunnelConfig RightConfig { get; set; }

    public Node Left => lab["left"];

    public Node Right => lab["right"];

    public Node Path => lab["path"];

    public Node this[string name] => lab[name];

    /// <summary>Brings both up and waits until the left one gets an answer through the tunnel.</summary>
    public Pair Up()
    {
        Right.Up();
        Left.Up();
        Left.WaitReach("10.9.0.2", Soon);
        return this;
    }

    /// <summary>Kills the engine of a node as a crash would, and waits until its link is gone.</summary>
    public static void Crash(Node node)
    {
        Engine(node).Signal("KILL");
        Poll.WaitUntil("the link of the killed engine is gone", () => !node.Run("ip", "link", "show", "wg0").Succeeded, Soon);
    }

    /// <summary>The process that carries wg0 of a node.</summary>
    public static NodeProcess Engine(Node node) => node.Processes().Single(p =>
        p.CommandLine.Contains("wireguard-go", StringComparison.Ordinal) || p.CommandLine.Contains(" engine ", StringComparison.Ordinal));

    public void Dispose() => lab.Dispose();
}
