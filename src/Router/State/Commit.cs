using System;

namespace Warren.RouterAgent.State;

/// <summary>One entry of the history.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="User">Who.</param>
/// <param name="Comment">What for; empty for nothing.</param>
public sealed record Commit(int Number, DateTimeOffset Time, string User, string Comment);
