using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Warren.Lab.Tests;

[Trait("Category", "Root")]
public sealed class NodeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    //  a 10.0.0.1 ────── 10.0.0.2 b
    private static Topology Cable()
    {
        var topology = new Topology();
        topology.Node("a").On("cable", "10.0.0.1/24", "fd00::1/64");
        topology.Node("b").On("cable", "10.0.0.2/24", "fd00::2/64");
        return topology;
    }

    [Fact]
    public void Two_nodes_on_a_cable_reach_each_other_over_both_families()
    {
        using var lab = Cable().Start();
        PingAssert.Answered(lab["a"].Ping("10.0.0.2"));
        PingAssert.Answered(lab["b"].Ping("fd00::1"));
        Assert.Equal(0, lab["a"].Ping("10.0.0.77", 1).Received);
    }

    //  a .1, b .2, c .3 on one switch
    [Fact]
    public void Three_nodes_on_a_network_share_a_switch()
    {
        var topology = new Topology();
        for (var i = 1; i <= 3; i++) topology.Node($"n{i}").On("lan", $"10.0.0.{i}/24");
        using var lab = topology.Start();
        PingAssert.Answered(lab["n1"].Ping("10.0.0.3"));
        PingAssert.Answered(lab["n3"].Ping("10.0.0.2"));
    }

    [Fact]
    public void Files_of_a_node_are_its_own()
    {
        var before = Directory.EnumerateFileSystemEntries("/etc").Order().ToArray();
        using var lab = Cable().Start();
        foreach (var path in (string[])["/run/x", "/etc/wireguard/wg0.conf", "/etc/hosts", "/etc/resolv.conf", "/var/lib/warren/key"])
        {
            var host = File.Exists(path) ? File.ReadAllText(path) : null;
            lab["a"].WriteFile(path, "of a");
            lab["b"].WriteFile(path, "of b");
            Assert.Equal("of a", lab["a"].ReadFile(path));
            Assert.Equal("of b", lab["b"].ReadFile(path));
            Assert.Equal(host, File.Exists(path) ? File.ReadAllText(path) : null);
        }

        Assert.Equal(before, Directory.EnumerateFileSystemEntries("/etc").Order());
    }

    [Fact]
    public void A_node_sees_its_own_processes_and_links_only()
    {
        using var lab = Cable().Start();
        Assert.Equal("bash", lab["a"].ReadFile("/proc/1/comm").Trim());
        Assert.Equal("a", lab["a"].Run("hostname").Output.Trim());
        Assert.Equal("eth0\nlo\n", lab["a"].Run("ls", "/sys/class/net").Output);
    }

    [Fact]
    public void A_program_that_does_not_end_is_killed_and_named()
    {
        using var lab = Cable().Start();
        var failure = Assert.Throws<LabException>(() => lab["a"].Run(TimeSpan.FromMilliseconds(200), "sleep", "60"));
        Assert.Contains("$ sleep 60", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(lab["a"].Processes(), p => p.Name == "sleep");
    }

    [Fact]
    public void Exit_codes_outputs_and_input_pass_through()
    {
        using var lab = Cable().Start();
        var result = lab["a"].RunWithInput("in", "sh", "-c", "cat; echo err >&2; exit 3");
        Assert.Equal((3, "in", "err\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(128 + 9, lab["a"].Run("sh", "-c", "kill -9 $$").ExitCode);
    }

    [Fact]
    public void Stop_sends_the_program_a_signal_it_can_catch()
    {
        using var lab = Cable().Start();
        using var process = lab["a"].Start("bash", "-c", "trap 'echo caught; exit 5' TERM; echo armed; while :; do read -r -t 0.05 _ <> <(:); done");
        process.WaitForText("armed", Bound);
        var result = process.Stop(Bound);
        Assert.Equal((5, "armed\ncaught\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void Orphans_are_reaped()
    {
        using var lab = Cable().Start();
        lab["a"].Shell("(true & true &) ; (sleep 0.01 &)");
        Poll.WaitUntil("only the first process is left", () => lab["a"].Processes().Count == 0, Bound,
            () => string.Join('\n', lab["a"].Processes()));
    }

    [Fact]
    public void A_lab_that_ends_leaves_no_process_and_the_host_keeps_its_links()
    {
        var links = HostLinks();
        var ids = new List<int>();
        using (var lab = Cable().Start())
        {
            using var left = lab["a"].Start("sleep", "600");
            lab["b"].Shell("setsid sleep 600 > /dev/null 2>&1 &");
            ids.AddRange(lab.Nodes.SelectMany(n => n.Processes()).Select(p => p.HostId));
            Assert.Equal(2, ids.Count);
            Assert.Equal(links, HostLinks());
        }

        Poll.WaitUntil("all processes of the lab are gone", () => !ids.Exists(id => Directory.Exists($"/proc/{id}")), Bound);
        Assert.Equal(links, HostLinks());
    }

    [Fact]
    public void A_topology_that_cannot_be_says_which_line_the_kernel_refused()
    {
        var topology = Cable();
        topology.Node("a").Route("10.9.0.0/24 via 172.31.0.1");
        var failure = Assert.Throws<AggregateException>(() => topology.Start()).InnerException;
        Assert.Contains("Nexthop has invalid gateway", Assert.IsType<LabException>(failure).Message, StringComparison.Ordinal);
    }

    private static string[] HostLinks() => [.. Directory.EnumerateFileSystemEntries("/sys/class/net").Order()];
}
