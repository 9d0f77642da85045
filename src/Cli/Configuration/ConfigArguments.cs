using System.Collections.Generic;
using System.Linq;

namespace Warren.Cli.Configuration;

/// <summary>The words after <c>warren config COMMAND</c>.</summary>
internal sealed class ConfigArguments
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["check"] = ["--fragment", "--json"],
        ["format"] = ["--fragment", "--flat", "--verbose", "--write"],
        ["show"] = ["--fragment", "--flat", "--verbose", "--json", "--secrets", "--authored"],
        ["explain"] = ["--json", "--node"],
        ["plan"] = ["--json", "--node", "--secrets"],
        ["verify"] = ["--json"],
        ["diff"] = ["--json", "--secrets"],
        ["reference"] = [],
        ["schema"] = [],
        ["rules"] = [],
    };

    private readonly HashSet<string> _options = [];

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>Words that are no options, before "--".</summary>
    public List<string> Words { get; } = [];

    /// <summary>Words after "--".</summary>
    public List<string> Rest { get; } = [];

    /// <summary>The node that was named, or null.</summary>
    public string? Node { get; private set; }

    /// <summary>Whether help was asked for.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => _options.Contains(option);

    /// <summary>Null, or what is wrong.</summary>
    internal static string? Parse(string command, IEnumerable<string> words, out ConfigArguments arguments)
    {
        arguments = new ConfigArguments { Command = command };
        var isRest = false;
        using var each = words.GetEnumerator();
        while (each.MoveNext())
        {
            var word = each.Current;
            if (isRest)
            {
                arguments.Rest.Add(word);
            }
            else if (word == "--")
            {
                isRest = true;
            }
            else if (word is "-h" or "--help")
            {
                arguments.WantsHelp = true;
            }
            else if (word is "-" or not ['-', ..])
            {
                arguments.Words.Add(word);
            }
            else if (!Allowed[command].Contains(word))
            {
                return $"{command} has no option {word}";
            }
            else if (word == "--node")
            {
                if (!each.MoveNext())
                    return "--node needs a node";
                arguments.Node = each.Current;
            }
            else
            {
                arguments._options.Add(word);
            }
        }

        return null;
    }
}
