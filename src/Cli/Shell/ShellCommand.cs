using System;
using System.Collections.Generic;

namespace Warren.Cli.Shell;

/// <summary>A command of the shell.</summary>
/// <param name="Name">The word.</param>
/// <param name="Usage">What may follow.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Run">Runs it with the words that follow.</param>
internal sealed record ShellCommand(string Name, string Usage, string Summary, Func<string[], ShellResult> Run)
{
    /// <summary>Words that may follow, for Tab and '?'.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
