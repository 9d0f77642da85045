using System.Collections.Generic;

namespace Warren.Cli.Shell;

/// <summary>The words after <c>warren pcli</c>.</summary>
internal sealed record PcliArguments
{
    /// <summary>Commands to run, in order; none for an interactive shell.</summary>
    public IReadOnlyList<string> Commands { get; private init; } = [];

    /// <summary>Whether each command's answer is an object of JSON.</summary>
    public bool Json { get; private init; }

    /// <summary>Who; null for the user who runs it.</summary>
    public string? User { get; private init; }

    /// <summary>Which router; null for this host's.</summary>
    public string? Router { get; private init; }

    /// <summary>The state folder; null for that of the router.</summary>
    public string? State { get; private init; }

    /// <summary>Whether help was asked for.</summary>
    public bool WantsHelp { get; private init; }

    /// <summary>Null, or what is wrong.</summary>
    internal static string? Parse(IReadOnlyList<string> words, out PcliArguments arguments)
    {
        arguments = new PcliArguments();
        var commands = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-h" or "--help":
                    arguments = arguments with { WantsHelp = true };
                    break;
                case "--json":
                    arguments = arguments with { Json = true };
                    break;
                case "-c" or "--user" or "--router" or "--state" when i + 1 == words.Count:
                    return $"{words[i]} needs a value";
                case "-c":
                    commands.Add(words[++i]);
                    break;
                case "--user":
                    arguments = arguments with { User = words[++i] };
                    break;
                case "--router":
                    arguments = arguments with { Router = words[++i] };
                    break;
                case "--state":
                    arguments = arguments with { State = words[++i] };
                    break;
                default:
                    return $"there is no option {words[i]}";
            }
        }

        arguments = arguments with { Commands = commands };
        return null;
    }
}
