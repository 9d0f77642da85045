using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Warren.Protocol.Sessions;

namespace Warren.Bench.Micro;

/// <summary>The replay window per counter: in order, and in as little order as still fits in.</summary>
public class ReplayWindowBenchmarks
{
    private const int Counters = 4096;
    private const int Seed = 6479;

    private readonly ulong[] _inOrder = [.. Enumerable.Range(0, Counters).Select(i => (ulong)i)];
    private readonly ulong[] _shuffled = [.. Enumerable.Range(0, Counters).Select(i => (ulong)i)];
    private ReplayWindow _window = new();
    private ulong _first;

    /// <summary>Shuffles, by a seed.</summary>
    [GlobalSetup]
    public void Setup()
    {
        new Random(Seed).Shuffle(_shuffled);
        _window = new ReplayWindow();
        _first = 0;
    }

    /// <summary>Each counter greater than the last.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Counters)]
    public void InOrder() => Accept(_inOrder);

    /// <summary>Half a window of counters in random order, then the next.</summary>
    [Benchmark(OperationsPerInvoke = Counters)]
    public void Shuffled() => Accept(_shuffled);

    private void Accept(ulong[] counters)
    {
        foreach (var counter in counters)
        {
            if (!_window.TryAccept(_first + counter))
                throw new InvalidOperationException("a fresh counter was refused");
        }

        _first += Counters;
    }
}
