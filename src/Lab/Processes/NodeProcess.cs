using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Warren.Lab.Processes;

/// <summary>A process found in a node, whoever started it: what it costs, and a way to end it.</summary>
/// <param name="HostId">Its number outside the node, where the lab runs.</param>
/// <param name="Name">The program's file name, shortened to 15 characters by the kernel.</param>
/// <param name="CommandLine">Its arguments joined by spaces.</param>
public sealed record NodeProcess(int HostId, string Name, string CommandLine)
{
    // proc(5): utime and stime are counted in ticks of 1/100 s on every architecture Linux exports to user space.
    private const double TicksPerSecond = 100;

    /// <summary>True while it runs; a zombie does not run.</summary>
    public bool IsAlive => Stat() is { Length: > 0 } fields && fields[0] is not "Z" and not "X";

    /// <summary>Processor time it has used, user and system together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var fields = Stat();
            if (fields.Length < 13) throw new LabException($"{Name} ({HostId}) has ended");
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>Memory it holds in bytes (VmRSS).</summary>
    public long ResidentBytes
    {
        get
        {
            var line = HostProcesses.ReadOrEmpty($"/proc/{HostId}/status").Split('\n')
                .FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
                ?? throw new LabException($"{Name} ({HostId}) has ended");
            return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
    }

    /// <summary>Times all its threads went to sleep of their own accord: a thing that wakes without need shows here.</summary>
    public long VoluntarySwitches => Directory.GetDirectories($"/proc/{HostId}/task")
        .Sum(task => HostProcesses.ReadOrEmpty($"{task}/status").Split('\n')
            .Where(l => l.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal))
            .Sum(l => Number(l.Split('\t')[1])));

    /// <summary>Sends a signal by name: "TERM", "KILL", "STOP".</summary>
    public void Signal(string signal) => HostProcesses.Signal(signal, [HostId]);

    /// <summary>Its number and command line.</summary>
    public override string ToString() => $"{HostId} {CommandLine}";

    internal static NodeProcess? Read(int id)
    {
        var name = HostProcesses.ReadOrEmpty($"/proc/{id}/comm").TrimEnd('\n');
        return name.Length == 0
            ? null
            : new NodeProcess(id, name, HostProcesses.ReadOrEmpty($"/proc/{id}/cmdline").TrimEnd('\0').Replace('\0', ' '));
    }

    // Fields from the third (state) on: the second is the name in brackets and may hold spaces.
    private string[] Stat()
    {
        var text = HostProcesses.ReadOrEmpty($"/proc/{HostId}/stat");
        var end = text.LastIndexOf(')');
        return end < 0 ? [] : text[(end + 2)..].Split(' ');
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
