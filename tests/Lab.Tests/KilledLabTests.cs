using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace Warren.Lab.Tests;

[Trait("Category", "Root")]
public sealed class KilledLabTests
{
    private const string FileVariable = "WARREN_LAB_TO_KILL";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_lab_that_is_killed_leaves_nothing()
    {
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { Environment = { [FileVariable] = file }, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(KilledLabTests).Assembly.Location);
        foreach (var argument in (string[])["-explicit", "only", "-method", $"{typeof(KilledLabTests).FullName}.{nameof(Holds_a_lab)}"])
            start.ArgumentList.Add(argument);
        using var holder = Process.Start(start)!;
        try
        {
            // The holder runs tests too: its nodes are known once it has written all their processes and an empty line.
            Poll.WaitUntil("the other lab is up", () => File.ReadAllText(file).EndsWith("\n\n", StringComparison.Ordinal), Bound);
            var ids = File.ReadAllLines(file).Where(l => l.Length > 0).ToArray();
            Assert.Equal(2, ids.Length);
            Assert.All(ids, id => Assert.True(Directory.Exists($"/proc/{id}")));

            holder.Kill();
            Poll.WaitUntil("all its processes are gone", () => !ids.Any(id => Directory.Exists($"/proc/{id}")), Bound);
        }
        finally
        {
            holder.Kill();
            File.Delete(file);
        }
    }

    /// <summary>Not a test of its own: the lab that the test above kills, in a process of its own.</summary>
    [Fact(Explicit = true)]
    public void Holds_a_lab()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        if (file is null) return;
        var topology = new Topology();
        topology.Node("a").On("cable", "10.0.0.1/24");
        topology.Node("b").On("cable", "10.0.0.2/24");
        using var lab = topology.Start();
        foreach (var node in lab.Nodes) node.Shell("setsid sleep 600 > /dev/null 2>&1 &");
        File.WriteAllText(file, string.Concat(lab.Nodes.SelectMany(n => n.Processes()).Select(p => $"{p.HostId}\n")) + "\n");
        using var killed = new ManualResetEventSlim();
        killed.Wait(Bound * 2);
    }
}
