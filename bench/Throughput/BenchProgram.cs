using System;
using System.IO;
using Warren.Lab;

namespace Warren.Bench.Throughput;

/// <summary>The program that is measured and that makes the traffic inside nodes: this one, or in tests the published one.</summary>
internal static class BenchProgram
{
    /// <summary>Its path.</summary>
    public static string Path { get; } =
        Environment.ProcessPath is { } own && System.IO.Path.GetFileName(own) == "warren" && File.Exists(own) ? own : ProgramUnderTest.Require();
}
