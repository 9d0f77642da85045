namespace Warren.Bench.Throughput;

/// <summary>An engine to measure: its name in the table and how it is run in the foreground, without the interface's name.</summary>
internal sealed record Contender(string Name, params string[] Command);
