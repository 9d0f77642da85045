using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Warren.Lab.Processes;

namespace Warren.Lab;

/// <summary>
/// A host of the lab: network, mount, PID and UTS namespaces of its own, with private /run, /etc, /var/lib, /sys and /proc.
/// </summary>
/// <remarks>
/// Programs run in it as root with the lab's environment (without WG_* and LOG_LEVEL) and <see cref="Environment"/> on top.
/// All of them end with the node.
/// </remarks>
public sealed partial class Node : IDisposable
{
    private static readonly TimeSpan DefaultBound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(20);

    private readonly Process first;
    private readonly string pidNamespace;

    private Node(TopologyNode plan, Process first)
    {
        Plan = plan;
        this.first = first;
        pidNamespace = new System.IO.FileInfo($"/proc/{first.Id}/ns/pid_for_children").LinkTarget
            ?? throw new LabException($"node {plan.Name} has no PID namespace");
    }

    /// <summary>The node's name in the topology, and its host name.</summary>
    public string Name => Plan.Name;

    /// <summary>What the topology says of it.</summary>
    public TopologyNode Plan { get; }

    /// <summary>Variables that every program started from now on gets.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["LC_ALL"] = "C", ["TMPDIR"] = "/run/tmp" };

    /// <summary>A process of this node as /proc outside numbers it, for <c>ip link … netns PID</c> and for entering its namespaces.</summary>
    public int NamespaceId => first.Id;

    /// <summary>Starts a node that is not connected yet; <see cref="WaitReady"/> says when it can be used.</summary>
    internal static Node Create(TopologyNode plan)
    {
        var start = new ProcessStartInfo("unshare")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc", "--",
            "bash", "-c", NodeInit.Script, "node", plan.Name];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var first = Process.Start(start) ?? throw new LabException("cannot start unshare");
        return Poll.Until(() => first.HasExited || IsUnshared(first.Id), StartBound) && !first.HasExited
            ? new Node(plan, first)
            : throw Failed(plan, first);
    }

    /// <summary>Blocks until the first process has made the node its own.</summary>
    internal void WaitReady()
    {
        // A node that cannot be made prints why and ends, so this read always returns.
        if (first.StandardOutput.ReadLine() != NodeInit.Ready) throw Failed(Plan, first);
    }

    /// <summary>Runs a program to its end and returns what it left, whatever its exit code.</summary>
    /// <exception cref="LabException">It did not end within 20 s.</exception>
    public ProcessResult Run(params string[] commandLine) => Run(DefaultBound, commandLine);

    /// <summary>Runs a program to its end within <paramref name="bound"/>.</summary>
    public ProcessResult Run(TimeSpan bound, params string[] commandLine)
    {
        using var process = Start(commandLine);
        return process.WaitForExit(bound);
    }

    /// <summary>Runs a program that reads <paramref name="input"/> from its standard input.</summary>
    public ProcessResult RunWithInput(string input, params string[] commandLine)
    {
        using var process = new LabProcess(Enter(commandLine, "net", "mnt", "uts", "pid"), commandLine, input);
        return process.WaitForExit(DefaultBound);
    }

    /// <summary>Runs a shell script in the node; the first failing command ends it and <see cref="LabException"/> is thrown.</summary>
    public string Shell(string script) => RunWithInput(script, "bash", "-eu", "-o", "pipefail", "-s").OrThrow().Output;

    /// <summary>Starts a program and leaves it running.</summary>
    public LabProcess Start(params string[] commandLine) => new(Enter(commandLine, "net", "mnt", "uts", "pid"), commandLine, null);

    /// <summary>Runs a program that sees the lab's own processes and files but this node's network.</summary>
    internal ProcessResult RunOnNetwork(string input, params string[] commandLine)
    {
        using var process = new LabProcess(Enter(commandLine, "net"), commandLine, input);
        return process.WaitForExit(DefaultBound).OrThrow();
    }

    /// <summary>Writes a file into the node; use it for the private folders (/run, /etc, /var/lib), all else is the host's.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="content">Written as UTF-8.</param>
    /// <param name="mode">Octal permissions, "600" by default.</param>
    public void WriteFile(string path, string content, string mode = "600") => RunWithInput(
        content, "sh", "-c", "umask 077; mkdir -p \"$(dirname \"$1\")\"; cat > \"$1\"; chmod \"$2\" \"$1\"", "sh", path, mode).OrThrow();

    /// <summary>The text of a file in the node.</summary>
    public string ReadFile(string path) => Run("cat", path).OrThrow().Output;

    /// <summary>All processes in the node but its first, which belongs to the lab; zombies are among them.</summary>
    public IReadOnlyList<NodeProcess> Processes()
    {
        var own = HostProcesses.Children(first.Id);
        return [.. HostProcesses.InNamespace(pidNamespace).Except(own).Select(NodeProcess.Read).OfType<NodeProcess>()];
    }

    /// <summary>The one running process whose command line contains <paramref name="text"/>.</summary>
    public NodeProcess FindProcess(string text) =>
        Processes().Where(p => p.CommandLine.Contains(text, StringComparison.Ordinal)).ToArray() is [var one]
            ? one
            : throw new LabException($"{Name}: not exactly one process with \"{text}\":\n{string.Join('\n', Processes())}");

    /// <summary>Ends the node: everything in it is killed and its links go.</summary>
    public void Dispose()
    {
        if (!first.HasExited) first.StandardInput.Close();
        if (!first.WaitForExit(StartBound)) first.Kill(entireProcessTree: true);
        first.Dispose();
    }

    private ProcessStartInfo Enter(string[] commandLine, params string[] namespaces)
    {
        var start = new ProcessStartInfo("nsenter");
        foreach (var kind in namespaces)
        {
            var (option, file) = kind switch { "mnt" => ("mount", kind), "pid" => (kind, "pid_for_children"), _ => (kind, kind) };
            start.ArgumentList.Add($"--{option}=/proc/{first.Id}/ns/{file}");
        }

        start.ArgumentList.Add("--");
        foreach (var argument in commandLine) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }

    private static bool IsForeign(string variable) =>
        variable.StartsWith("WG_", StringComparison.Ordinal) || variable is "LOG_LEVEL" or "NOTIFY_SOCKET";

    private static bool IsUnshared(int id) =>
        HostProcesses.NamespaceLink(id, "pid_for_children") is { } link && link != HostProcesses.NamespaceLink(System.Environment.ProcessId, "pid");

    private static LabException Failed(TopologyNode plan, Process first)
    {
        first.StandardInput.Close();
        first.WaitForExit();
        return new LabException($"node {plan.Name} did not start:\n{first.StandardError.ReadToEnd()}");
    }
}
