using System;
using System.Collections.Generic;

namespace Warren.Cli;

/// <summary>
/// Everything that can be called. Each entry is a static lambda that names its room's door, so that nothing behind it is
/// loaded before it runs. A new verb is one line here and a folder beside this file.
/// </summary>
internal static class VerbTable
{
    /// <summary>The words after <c>warren</c>, in the order of the help.</summary>
    internal static IReadOnlyList<Verb> Verbs { get; } =
    [
    ];

    /// <summary>Program names that a symlink may give us: each behaves exactly as that program.</summary>
    internal static IReadOnlyList<Verb> Programs { get; } =
    [
    ];

    /// <summary>The verb of that name, or null.</summary>
    internal static Verb? FindVerb(string name) => Find(Verbs, name);

    /// <summary>The program of that name, or null.</summary>
    internal static Verb? FindProgram(string name) => Find(Programs, name);

    private static Verb? Find(IReadOnlyList<Verb> among, string name)
    {
        foreach (var verb in among)
        {
            if (string.Equals(verb.Name, name, StringComparison.Ordinal))
                return verb;
        }

        return null;
    }
}
