using System.Collections.Generic;

namespace Warren.Cli.Quick;

/// <summary>Runs the same command as root, as wg-quick does for all four verbs.</summary>
internal static class Elevation
{
    /// <summary>Calls sudo, waits, and returns its exit code.</summary>
    /// <exception cref="QuickFailure">There is no sudo.</exception>
    public static int Run(QuickProgram program, Invocation invocation)
    {
        var sudo = SearchPath.Find("sudo", invocation.Variable("PATH"))
            ?? throw QuickFailure.Of(program.Name, "must be run as root", "become root first: sudo is not installed");
        List<string> words =
        [
            "-p",
            $"{program.Name} must be run as root. Please enter the password for %u to continue: ",
            "--",
            program.Path,
        ];
        if (invocation.Verb.Length > 0)
            words.Add(invocation.Verb);
        words.AddRange(invocation.Arguments);
        return new Child(sudo, words).Run();
    }
}
