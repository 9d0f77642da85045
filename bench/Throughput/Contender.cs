using System;
using System.Linq;

namespace Warren.Bench.Throughput;

/// <summary>An engine to measure: its name in the table, and the words that run it in the foreground, <c>{if}</c> for the interface. No words: no
/// tunnel at all, the plain cable as the limit of what can be reached.</summary>
internal sealed record Contender(string Name, params string[] Command)
{
    /// <summary>The cable without a tunnel.</summary>
    public static Contender Cable { get; } = new("veth");

    /// <summary>Whether there is no tunnel.</summary>
    public bool IsCable => Command.Length == 0;

    /// <summary>The words for one interface.</summary>
    public string[] CommandFor(string interfaceName) => [.. Command.Select(word => word.Replace("{if}", interfaceName, StringComparison.Ordinal))];

    /// <summary>Reads <c>NAME=COMMAND</c>; null when there is no name, no command, or no {if} in it.</summary>
    public static Contender? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || string.IsNullOrWhiteSpace(text[..equals]))
            return null;
        var words = text[(equals + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => word.Contains("{if}", StringComparison.Ordinal)) ? new Contender(text[..equals], words) : null;
    }
}
