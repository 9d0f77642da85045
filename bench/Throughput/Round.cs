using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Lab;
using Warren.Lab.Processes;

namespace Warren.Bench.Throughput;

/// <summary>One engine, measured once: two nodes on a cable, a tunnel of 1,420 bytes between them, both ends on this machine.</summary>
//
//  left 10.0.0.1 ────── 10.0.0.2 right
//  wg0  10.9.0.1        10.9.0.2
//
internal static class Round
{
    private const double Mebibyte = 1 << 20;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static Sample Run(Contender contender, TimeSpan duration, bool offload)
    {
        var topology = new Topology();
        var left = topology.Node("left").On("cable", "10.0.0.1/24");
        var right = topology.Node("right").On("cable", "10.0.0.2/24");
        if (!offload)
        {
            left.WithoutOffload();
            right.WithoutOffload();
        }

        using var lab = topology.Start();
        var processes = new List<LabProcess>();
        try
        {
            var keys = lab.Nodes.ToDictionary(n => n.Name, n => n.Shell("wg genkey | tee /run/key | wg pubkey").Trim());
            foreach (var node in lab.Nodes) processes.Add(Start(node, contender));
            Configure(lab["left"], keys["right"], 1, 2);
            Configure(lab["right"], keys["left"], 2, 1);
            lab["left"].WaitReach("10.9.0.2", Bound);
            return Measure(lab, [.. lab.Nodes.Select(Engine)], duration);
        }
        finally
        {
            foreach (var process in processes) process.Dispose();
        }
    }

    private static LabProcess Start(Node node, Contender contender)
    {
        var process = node.Start([.. contender.Command, "wg0"]);
        Poll.WaitUntil($"{contender.Name} answers", () => node.Run("wg", "show", "wg0").Succeeded, Bound, () => process.Error);
        return process;
    }

    private static void Configure(Node node, string peer, int own, int other) => node.Shell($"""
        wg set wg0 listen-port 51820 private-key /run/key peer {peer} allowed-ips 10.9.0.{other}/32 endpoint 10.0.0.{other}:51820
        ip address add 10.9.0.{own}/24 dev wg0
        ip link set wg0 mtu 1420 up
        """);

    private static Sample Measure(LiveTopology lab, NodeProcess[] engines, TimeSpan duration)
    {
        var ping = lab["left"].Ping("10.9.0.2", 200, "-i", "0.01").Median;
        var idle = engines.Max(e => e.ResidentBytes) / Mebibyte;
        lab["left"].Stream(lab["right"], "10.9.0.2", WarmUp);
        var before = engines.Sum(e => e.ProcessorTime.TotalSeconds);
        var stream = lab["left"].Stream(lab["right"], "10.9.0.2", duration);
        var used = engines.Sum(e => e.ProcessorTime.TotalSeconds) - before;
        var loaded = engines.Max(e => e.ResidentBytes) / Mebibyte;
        return new Sample(stream.BitsPerSecond / 1e6, used / (stream.Bytes / 1e9), ping.TotalMicroseconds, idle, loaded);
    }

    private static NodeProcess Engine(Node node) => node.Processes().Single(p => p.CommandLine.EndsWith(" wg0", StringComparison.Ordinal) && p.Name != "nsenter");
}
