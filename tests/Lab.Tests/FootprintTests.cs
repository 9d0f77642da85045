using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Warren.Lab.Tests.Scenarios;

namespace Warren.Lab.Tests;

/// <summary>What the published program takes of a machine: memory, libraries, and time in code that is not optimised yet.</summary>
[Trait("Category", "Root")]
public sealed class FootprintTests
{
    private const long MiB = 1 << 20;

    /// <summary>Each would be a sign of something taken into use for a trifle (docs/adr/0013).</summary>
    private static readonly string[] NeverForAnEngine =
    [
        "libcrypto", "libssl", "System.Net.", "System.Linq", "System.Text.RegularExpressions", "System.Collections.Concurrent",
        "System.Diagnostics.", "System.Console", "Warren.Config", "Warren.Lab",
    ];

    [Fact]
    public void An_engine_that_shook_hands_takes_40_MiB_at_most_and_maps_no_library_it_can_do_without()
    {
        using var pair = new Pair(Kit.Warren, Kit.Warren).Up();
        var engine = pair.Right.FindProcess("warren engine");
        Assert.InRange(engine.ResidentBytes, 1, 40 * MiB);
        var maps = Mapped(engine.HostId);
        Assert.DoesNotContain(NeverForAnEngine, maps.Contains);
    }

    [Fact]
    public void Ten_thousand_idle_peers_take_64_MiB_at_most_with_the_engine()
    {
        using var pair = new Pair(Kit.Warren, Kit.Warren).Up();
        var many = new StringBuilder($"[Interface]\nListenPort = 51820\nPrivateKey = {pair.RightKey.Private}\n");
        for (var i = 0; i < 10_000; i++)
        {
            many.Append("[Peer]\nPublicKey = ").Append(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
                .Append($"\nAllowedIPs = 10.{100 + (i >> 16)}.{i >> 8 & 255}.{i & 255}/32, fd10::{i:x}/128\n");
        }

        pair.Right.WriteFile("/run/many.conf", many.ToString());
        pair.Right.Wg("setconf", "wg0", "/run/many.conf");
        Assert.InRange(pair.Right.FindProcess("warren engine").ResidentBytes, 1, 64 * MiB);
    }

    [Fact]
    public void A_verb_that_reads_a_key_maps_neither_engine_nor_configuration()
    {
        using var verb = Process.Start(
            new ProcessStartInfo(ProgramUnderTest.Require(), "pubkey") { RedirectStandardInput = true, RedirectStandardOutput = true })!;

        // read(2) of descriptor 0 is what it does last: nothing is loaded any more while it waits there.
        Poll.WaitUntil("it reads its input", () => File.ReadAllText($"/proc/{verb.Id}/syscall").Split(' ') is ["0" or "63", "0x0", ..], Pair.Soon);
        string[] never = ["Warren.Engine", "Warren.Config", "Warren.Lab", "System.Security.Cryptography", .. NeverForAnEngine];
        var maps = Mapped(verb.Id);
        Assert.DoesNotContain(never, maps.Contains);
        verb.StandardInput.WriteLine(Convert.ToBase64String(new byte[32]));
        verb.StandardInput.Close();
        Assert.Equal(45, verb.StandardOutput.ReadToEnd().Length);
        verb.WaitForExit();
        Assert.Equal(0, verb.ExitCode);
    }

    [Fact]
    public void No_code_of_an_engine_runs_unoptimised_and_its_own_was_compiled_ahead()
    {
        var topology = new Topology();
        topology.Node("a").On("cable", "10.0.0.1/24");
        topology.Node("b").On("cable", "10.0.0.9/24");
        using var lab = topology.Start();
        var node = lab["a"];
        node.Environment["DOTNET_JitStdOutFile"] = "/run/jit";
        node.Environment["DOTNET_JitDisasmSummary"] = "1";
        using var engine = node.Start(ProgramUnderTest.Require(), "engine", "wg0", "--foreground");
        node.Environment.Clear();
        Poll.WaitUntil("the socket is there", () => node.Run("test", "-S", "/run/wireguard/wg0.sock").Succeeded, Pair.Soon);

        // A peer that speaks at once: an initiation is written and sent.
        var (key, peer) = (TunnelKey.New(), TunnelKey.New());
        node.WriteFile("/run/key", key.Private);
        node.Shell($"wg set wg0 private-key /run/key peer {peer.Public} endpoint 10.0.0.9:9 persistent-keepalive 1 allowed-ips 10.9.0.2/32");
        node.Shell("ip link set wg0 up");
        Poll.WaitUntil("an initiation was sent", () => node.Shell("wg show wg0 transfer").Split('\t', '\n') is [_, _, not "0", ..], Pair.Soon);

        // The list is whole once its writer has ended.
        var process = node.FindProcess("warren engine");
        process.Signal("TERM");
        Poll.WaitUntil("it has ended", () => !process.IsAlive, Pair.Soon);
        var compiled = node.ReadFile("/run/jit").Split('\n');
        Assert.Contains(compiled, line => line.Contains("FullOpts", StringComparison.Ordinal));
        Assert.DoesNotContain(compiled, line => line.Contains("[Tier0", StringComparison.Ordinal));
        // What is published for x86-64 asks for AVX2; without it everything is compiled at run time, as kernels of 512 bits always are.
        if (Avx2.IsSupported)
            Assert.DoesNotContain(compiled, IsOfTheEngineItself);
    }

    private static bool IsOfTheEngineItself(string line) =>
        line.Contains("JIT compiled Warren.Engine.", StringComparison.Ordinal)
        && !line.Contains("Warren.Engine.Offload.", StringComparison.Ordinal)
        && line.Contains("[FullOpts", StringComparison.Ordinal);

    private static string Mapped(int id) => File.ReadAllText($"/proc/{id}/maps");
}
