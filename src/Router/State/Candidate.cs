namespace Warren.RouterAgent.State;

/// <summary>An operator's configuration before it is committed.</summary>
/// <param name="Base">The number of the running configuration from which it began.</param>
/// <param name="Text">What it says, with secrets.</param>
public sealed record Candidate(int Base, string Text);
