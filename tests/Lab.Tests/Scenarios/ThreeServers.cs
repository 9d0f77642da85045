using System;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Three servers of three providers, each with a container network, with the addresses of examples/three-servers.</summary>
//
//   s1 107.100.10.10      s2 108.100.10.10      s3 109.100.10.10        tunnel 192.168.100.10, .11, .12
//    │    └───────────────── internet ─────────────────┘  │
//   c1 10.0.4.2           c2 10.0.5.2           c3 10.0.7.2             behind 10.0.4.1, 10.0.5.1, 10.0.7.1
//
internal static class ThreeServers
{
    public static readonly string[] Servers = ["s1", "s2", "s3"];

    /// <summary>The servers with a configuration each: examples/three-servers/PREFIXs1.conf and so on.</summary>
    public static Topology Topology(Func<string, string> configuration)
    {
        var topology = new Topology();
        var internet = topology.Node("internet").Forward();
        string[] outside = ["107.100.10", "108.100.10", "109.100.10"];
        string[] inside = ["10.0.4", "10.0.5", "10.0.7"];
        for (var i = 0; i < 3; i++)
        {
            internet.On($"provider{i + 1}", $"{outside[i]}.1/24");
            topology.Node(Servers[i]).On($"provider{i + 1}", $"{outside[i]}.10/24").On($"containers{i + 1}", $"{inside[i]}.1/24")
                .Route($"default via {outside[i]}.1").Forward()
                .File("/etc/wireguard/wg0.conf", configuration(Servers[i]));
            topology.Node($"c{i + 1}").On($"containers{i + 1}", $"{inside[i]}.2/24").Route($"default via {inside[i]}.1");
        }

        return topology;
    }

    /// <summary>The article's text, but with the keys at s1 that belong to the private keys of s2 and s3.</summary>
    public static string WithKeys(string file) => Example.Read($"three-servers/{file}.conf")
        .Replace("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=", "cL9S5KV5wAy/AsKyYct3qz9BHxe5FYqxlb/eDthF/VY=", StringComparison.Ordinal)
        .Replace("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=", "gN65BkIKy1eCE9pP1wdc8ROUtkHLF2PfAqYdyYBz6EA=", StringComparison.Ordinal);

    /// <summary>…and with what it forgot: the port of the endpoint, and later the address of s1 and the server's own.</summary>
    public static string Mended(string file, string server)
    {
        var text = WithKeys(file).Replace("Endpoint = 107.100.10.10\n", "Endpoint = 107.100.10.10:51820\n", StringComparison.Ordinal)
            .Replace("Endpoint = 107.100.50.10\n", "Endpoint = 107.100.10.10:51820\n", StringComparison.Ordinal);
        return text.Contains("Address", StringComparison.Ordinal)
            ? text
            : text.Replace("[Interface]\n", $"[Interface]\nAddress = 192.168.100.{(server == "s2" ? 11 : 12)}\n", StringComparison.Ordinal);
    }
}
