using System;

namespace Warren.Cli;

/// <summary>One word after <c>warren</c>, or one program name that a symlink may give us.</summary>
/// <param name="Name">The word, or the program's name.</param>
/// <param name="Arguments">What may follow, for the help; empty when nothing.</param>
/// <param name="Summary">One line for the help.</param>
/// <param name="Run">Runs it and returns the exit code. For a verb, <see cref="Invocation.Verb"/> is the word and
/// <see cref="Invocation.Arguments"/> what follows it; for a program name, the arguments are all of them.</param>
internal sealed record Verb(string Name, string Arguments, string Summary, Func<Invocation, int> Run)
{
    /// <summary>A command line that works, for <c>--help</c>; null for a verb that answers <c>--help</c> itself.</summary>
    public string? Example { get; init; }
}
