using System.Linq;
using BenchmarkDotNet.Running;

namespace Warren.Bench.Micro;

/// <summary>Runs benchmarks: all of them, or those that BenchmarkDotNet's own options choose.</summary>
internal static class MicroProgram
{
    private static int Main(string[] args)
    {
        // Without options BenchmarkDotNet would ask which.
        string[] chosen = args.Length == 0 ? ["--filter", "*"] : args;
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroProgram).Assembly).Run(chosen, new MicroConfig());
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
