using Warren.Bench.Throughput;

namespace Warren.Cli.Bench;

/// <summary><c>warren bench</c>: this engine beside others, measured on this machine. What it does is in bench/Throughput, loaded only here.</summary>
internal static class BenchVerb
{
    internal static int Run(Invocation invocation) => BenchCommand.Run(invocation.Arguments, invocation.Output, invocation.Error);
}
