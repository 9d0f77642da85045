using System;

namespace Warren.Testing.Simulation;

/// <summary>What happened in one run in which every property held.</summary>
public sealed record SimulationReport
{
    public required ulong Seed { get; init; }

    /// <summary>The same for every run of the same seed, length and protocol.</summary>
    public required ulong TraceHash { get; init; }

    public required TimeSpan Simulated { get; init; }

    public required int Nodes { get; init; }

    public required long Events { get; init; }

    public required long Datagrams { get; init; }

    public required long Initiations { get; init; }

    public required long Retries { get; init; }

    public required long Sessions { get; init; }

    public required long CookieReplies { get; init; }

    public required long Packets { get; init; }

    public required long Delivered { get; init; }

    /// <summary>Packets that had to arrive, and did.</summary>
    public required long Promised { get; init; }

    /// <summary>Of these, lost to a session made while they were under way.</summary>
    public required long Excused { get; init; }

    public required long Moves { get; init; }

    public required long Attacks { get; init; }
}
