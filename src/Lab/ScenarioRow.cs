namespace Warren.Lab;

/// <summary>One line of a <see cref="ScenarioReport"/>.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Expected">What should be seen.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="AsExpected">Whether that is good.</param>
public sealed record ScenarioRow(string What, string Expected, string Seen, bool AsExpected);
