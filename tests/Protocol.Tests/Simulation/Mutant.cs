namespace Warren.Protocol.Tests.Simulation;

/// <summary>A protocol with one mistake in it.</summary>
/// <param name="Name">The mistake, as the test shows it.</param>
/// <param name="File">Source file under src/Protocol.</param>
/// <param name="Right">Text that occurs exactly once in the file.</param>
/// <param name="Wrong">What the mutant has in its place.</param>
/// <param name="Verdict">Part of what the simulation must say of it.</param>
public sealed record Mutant(string Name, string File, string Right, string Wrong, string Verdict);
