using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Warren.Lab;
using Warren.Lab.Processes;
using Warren.Protocol.Keys;

namespace Warren.Bench.Throughput.Load;

/// <summary>How long an engine takes for many peers, and what they weigh. The client is <c>wg setconf</c> for every engine.</summary>
public static class PeerLoad
{
    private const string Many = "/run/many-peers.conf";
    private const string None = "/run/no-peers.conf";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <summary>Gives an interface <paramref name="peers"/> peers (key, endpoint, one allowed IP) in place of those it has, then none.</summary>
    /// <param name="node">The node it is in.</param>
    /// <param name="interfaceName">The interface; its private key and port stay.</param>
    /// <param name="peers">How many, 1 to 65,536.</param>
    /// <exception cref="LabException">The engine refused them, or has not as many afterwards.</exception>
    public static PeerApplication Measure(Node node, string interfaceName, int peers)
    {
        ArgumentNullException.ThrowIfNull(node);
        var own = $"[Interface]\nPrivateKey = {PrivateKeyOf(node, interfaceName)}\nListenPort = {Show(node, interfaceName, "listen-port")}\n";
        node.WriteFile(None, own);
        node.WriteFile(Many, own + Sections(peers));
        var engine = EngineOf(node, interfaceName);

        var applied = Time(node, interfaceName, Many);
        Expect(node, interfaceName, peers);
        Thread.Sleep(Idle);
        var resident = engine.ResidentBytes;
        var removed = Time(node, interfaceName, None);
        Expect(node, interfaceName, 0);
        return new PeerApplication(applied, removed, resident);
    }

    private static TimeSpan Time(Node node, string interfaceName, string file)
    {
        var clock = Stopwatch.StartNew();
        node.Run(Bound, "wg", "setconf", interfaceName, file).OrThrow();
        return clock.Elapsed;
    }

    private static void Expect(Node node, string interfaceName, int peers)
    {
        var has = node.Run("wg", "show", interfaceName, "peers").OrThrow().Output.Count(c => c == '\n');
        if (has != peers) throw new LabException($"{node.Name}: {interfaceName} has {has} peers instead of {peers}");
    }

    private static string Show(Node node, string interfaceName, string what) => node.Run("wg", "show", interfaceName, what).OrThrow().Output.Trim();

    // `wg setconf` takes away what the file does not say, the key included.
    private static string PrivateKeyOf(Node node, string interfaceName)
    {
        var key = Show(node, interfaceName, "private-key");
        if (PrivateKey.TryParse(key, out var parsed)) parsed.Dispose();
        else throw new LabException($"{node.Name}: {interfaceName} has no private key: {key}");
        return key;
    }

    /// <summary>The one process of a node that has the interface's name among its words.</summary>
    /// <exception cref="LabException">There is none, or more than one.</exception>
    internal static NodeProcess EngineOf(Node node, string interfaceName) =>
        node.Processes().Where(p => p.Name != "nsenter" && p.CommandLine.Split(' ').Contains(interfaceName)).ToArray() is [var one]
            ? one
            : throw new LabException($"{node.Name}: not exactly one process for {interfaceName}:\n{string.Join('\n', node.Processes())}");

    // Any 32 bytes are a public key; nobody needs the private ones.
    private static string Sections(int peers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < peers; i++)
        {
            var key = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"warren bench peer {i}")));
            text.Append(CultureInfo.InvariantCulture, $"""
                [Peer]
                PublicKey = {Convert.ToBase64String(key)}
                AllowedIPs = 10.{128 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}/32
                Endpoint = 192.0.2.{1 + (i % 254)}:{1024 + (i % 60000)}

                """);
        }

        return text.ToString();
    }
}
