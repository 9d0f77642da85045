using System;
using System.IO;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Warren.Bench.Micro;

/// <summary>Many short iterations in this very process, so that nothing is restored or built, and the least of them shown:
/// on a machine that does other things beside, it says most.</summary>
internal sealed class MicroConfig : ManualConfig
{
    private const int IterationMilliseconds = 40;
    private const int Warmups = 3;
    private const int Iterations = 12;

    public MicroConfig()
    {
        // Every method below runs for microseconds at least: what calling it takes is not worth measuring.
        Add(DefaultConfig.Instance);
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(IterationMilliseconds))
            .WithWarmupCount(Warmups)
            .WithIterationCount(Iterations)
            .WithEvaluateOverhead(false)
            .WithId("InProcess"));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumn(StatisticColumn.Min, StatisticColumn.Median);
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
        HideColumns(Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
        ArtifactsPath = Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts");
    }
}
