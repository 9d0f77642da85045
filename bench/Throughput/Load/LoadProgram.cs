using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Warren.Lab;
using Warren.Lab.Processes;

namespace Warren.Bench.Throughput.Load;

/// <summary>How <see cref="LoadCommand"/> is run inside a node, and what it says is read.</summary>
internal static class LoadProgram
{
    // What a program of ours prints on standard error once it may be relied on.
    public const string Ready = "ready";

    /// <summary>The program and the words before the arguments of <see cref="LoadCommand.Run"/>.</summary>
    public static string[] Command { get; } = [BenchProgram.Path, "bench", "load"];

    /// <summary>Starts it in a node.</summary>
    public static LabProcess Start(Node node, params string[] arguments) => node.Start([.. Command, .. arguments]);

    /// <summary>The JSON line that it printed; <see cref="LabException"/> when it failed.</summary>
    public static T Read<T>(ProcessResult result, JsonTypeInfo<T> type)
    {
        result.OrThrow();
        try
        {
            return JsonSerializer.Deserialize(result.Output, type) ?? throw new LabException(result.ToString());
        }
        catch (JsonException e)
        {
            throw new LabException($"not what was expected:\n{result}", e);
        }
    }
}
