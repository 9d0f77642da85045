namespace Warren.Cli.Shell;

/// <summary>What a command said.</summary>
/// <param name="IsDone">Whether it was done.</param>
/// <param name="Output">What it printed, with its last line's end.</param>
/// <param name="Quits">Whether the shell ends.</param>
internal readonly record struct ShellResult(bool IsDone, string Output, bool Quits = false)
{
    internal static ShellResult Done(string output = "") => new(true, output);

    internal static ShellResult Failed(string problem) => new(false, $"% Error: {problem}\n");
}
