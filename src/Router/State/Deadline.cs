using System;

namespace Warren.RouterAgent.State;

/// <summary>A commit that returns by itself unless it is confirmed.</summary>
/// <param name="Number">The commit.</param>
/// <param name="ReturnTo">The number of the configuration that comes back.</param>
/// <param name="Time">When, UTC.</param>
public sealed record Deadline(int Number, int ReturnTo, DateTimeOffset Time);
