using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace Warren.Bench.Throughput;

/// <summary>The machine a run was made on, and how quiet it was.</summary>
internal static class MachineFacts
{
    private const double NoisyShare = 0.05;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    /// <summary>The processors, such as "2 x AMD EPYC".</summary>
    public static string Processors { get; } = $"{Environment.ProcessorCount} x " + (File.ReadLines("/proc/cpuinfo")
        .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault() ?? RuntimeInformation.ProcessArchitecture.ToString());

    /// <summary>The kernel's release.</summary>
    public static string Kernel { get; } = "Linux " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    /// <summary>Waits up to ten glances for the machine to be quiet; the share of its processors that others still used.</summary>
    public static double WaitForQuiet()
    {
        var busy = 1.0;
        for (var attempt = 0; attempt < 10 && busy > NoisyShare; attempt++)
        {
            var before = Read();
            Thread.Sleep(Glance);
            var after = Read();
            busy = (after.Busy - before.Busy) / Math.Max(1, after.Total - before.Total);
        }

        return busy;
    }

    /// <summary>Whether a share that <see cref="WaitForQuiet"/> gave spoils a round.</summary>
    public static bool IsNoisy(double share) => share > NoisyShare;

    // proc(5), /proc/stat: user nice system idle iowait irq softirq steal.
    private static (double Busy, double Total) Read()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Take(8).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (fields.Sum() - fields[3] - fields[4], fields.Sum());
    }
}
