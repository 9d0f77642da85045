using System;
using System.Globalization;
using System.Linq;
using Warren.Lab.Processes;

namespace Warren.Lab.Tests;

/// <summary>Nodes with a kit: wg, wg-quick and the engine under their usual names, whoever's they are.</summary>
internal static class KitNodes
{
    private const string Links = "/run/kit";

    /// <summary>From now on `wg`, `wg-quick` and the engine in this node are the kit's.</summary>
    public static void Use(this Node node, Kit kit)
    {
        var ourTools = kit is Kit.Warren or Kit.OurToolsDebianEngine;
        var ourEngine = kit is Kit.Warren or Kit.DebianToolsOurEngine;
        var script = $"rm -rf {Links}; mkdir -p {Links}\n";
        if (ourTools) script += LinkOurs("warren", "wg", "wg-quick");
        if (ourEngine) script += LinkOurs("wireguard-go");
        node.Shell(script);
        node.Environment["PATH"] = $"{Links}:{Environment.GetEnvironmentVariable("PATH")}";
        // Our tools bring our engine by themselves. (Where the kernel has WireGuard, wg-quick takes that and neither engine is tested.)
        if (kit != Kit.Warren) node.Environment["WG_QUICK_USERSPACE_IMPLEMENTATION"] = ourEngine ? $"{Links}/wireguard-go" : "/usr/bin/wireguard-go";
    }

    /// <summary>Gives all nodes the same kit.</summary>
    public static void Use(this LiveTopology lab, Kit kit)
    {
        foreach (var node in lab.Nodes) node.Use(kit);
    }

    /// <summary>`wg-quick up`, which must succeed.</summary>
    public static ProcessResult Up(this Node node, string name = "wg0") => node.Run("wg-quick", "up", name).OrThrow();

    /// <summary>`wg-quick down`, which must succeed.</summary>
    public static ProcessResult Down(this Node node, string name = "wg0") => node.Run("wg-quick", "down", name).OrThrow();

    /// <summary>What `wg` prints to standard output; it must succeed.</summary>
    public static string Wg(this Node node, params string[] arguments) => node.Run(["wg", .. arguments]).OrThrow().Output;

    /// <summary>The number that `wg show wg0 PARAMETER` gives for one peer.</summary>
    public static long PeerNumber(this Node node, string peer, string parameter, int column = 1) =>
        long.Parse(node.PeerField(peer, parameter, column), CultureInfo.InvariantCulture);

    /// <summary>The text that `wg show wg0 PARAMETER` gives for one peer.</summary>
    public static string PeerField(this Node node, string peer, string parameter, int column = 1) =>
        node.Wg("show", "wg0", parameter).Split('\n').Single(l => l.StartsWith(peer, StringComparison.Ordinal)).Split('\t')[column];

    private static string LinkOurs(params string[] names) =>
        string.Concat(names.Select(name => $"ln -sf '{ProgramUnderTest.Require()}' {Links}/{name}\n"));
}
