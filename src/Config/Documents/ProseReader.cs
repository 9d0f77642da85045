using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Warren.Config.Language;
using Warren.Config.WireGuard;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>Reads sentences for what they say of hosts, ports, commands and forwarding. What it does not understand it leaves.</summary>
internal static partial class ProseReader
{
    private const int LongestCommand = 4096;

    internal static ProseFacts Read(SourceText source, IniDocument lines, IReadOnlyCollection<string> names)
    {
        var hosts = new List<HostFact>();
        var ports = new List<Written>();
        var commands = new List<Written>();
        var paths = new List<Written>();
        foreach (var line in lines.Lines)
        {
            if (line.Text.Length == 0)
                continue;
            if (line.Text.Length <= LongestCommand && Command().Match(line.Text) is { Success: true } command)
                commands.Add(Place(source, line, command.Groups["command"]));
            if (line.Text.Contains("port", StringComparison.OrdinalIgnoreCase))
            {
                foreach (Match match in Port().Matches(line.Text))
                    ports.Add(Place(source, line, match.Groups["port"]));
            }

            if (line.Text.Contains("/etc/", StringComparison.OrdinalIgnoreCase))
            {
                foreach (Match match in Folder().Matches(line.Text))
                    paths.Add(Place(source, line, match.Groups["path"]));
            }

            if (names.Count > 0 && line.Text.Contains('.', StringComparison.Ordinal))
                Hosts(source, line, names, hosts);
        }

        return new ProseFacts { Forwards = HookReader.TurnsForwardingOn(source.Text), Hosts = hosts, Ports = ports, Commands = commands, Paths = paths };
    }

    // As many names in a row as addresses in a row, on one line: one each, in that order.
    private static void Hosts(SourceText source, IniLine line, IReadOnlyCollection<string> names, List<HostFact> hosts)
    {
        foreach (var sentence in Sentences(line.Text))
        {
            var words = Word().Matches(line.Text[sentence]).ToList();
            var said = Run(words, word => names.Contains(word, StringComparer.OrdinalIgnoreCase));
            var given = Run(words, word => IpPrefix.TryParse(word, out _));
            if (said.Count < 2 || said.Count != given.Count)
                continue;
            var text = line.Text[sentence];
            for (var i = 0; i < said.Count; i++)
            {
                _ = IpPrefix.TryParse(given[i].Value, out var prefix);
                var kind = given[i].Value.Contains('/', StringComparison.Ordinal) ? HostFactKind.Behind
                    : text.Contains("public", StringComparison.OrdinalIgnoreCase) ? HostFactKind.Outer
                    : text.Contains("private", StringComparison.OrdinalIgnoreCase) ? HostFactKind.Inner : HostFactKind.Unknown;
                hosts.Add(new HostFact(said[i].Value, prefix, kind, new SourcePosition(source, line.Number, sentence.Start.Value + given[i].Index + 1)));
            }
        }
    }

    // The longest run of words that are all of a kind, "and" and "or" between them allowed.
    private static List<Match> Run(List<Match> words, Func<string, bool> isOne)
    {
        List<Match> longest = [], run = [];
        foreach (var word in words)
        {
            if (isOne(word.Value))
            {
                run.Add(word);
            }
            else if (word.Value is not ("and" or "or" or "&"))
            {
                longest = run.Count > longest.Count ? run : longest;
                run = [];
            }
        }

        return run.Count > longest.Count ? run : longest;
    }

    // A full stop with a space behind it ends a sentence; those in addresses do not.
    private static IEnumerable<Range> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is '.' or '!' or '?' && text[i + 1] == ' ')
            {
                yield return start..(i + 1);
                start = i + 1;
            }
        }

        yield return start..text.Length;
    }

    private static Written Place(SourceText source, IniLine line, Group group) =>
        new(group.Value, new SourcePosition(source, line.Number, group.Index + 1), line.Start + group.Index);

    [GeneratedRegex(@"^\s*(?:[\w.@:~-]{0,64}[$#>]\s+)?(?:sudo\s+)?(?<command>(?:wg-quick|wg|umask)\s+\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?:(?:wireguard|udp|listen(?:s|ing)?(?:\s+on)?)\s+port\s+(?<port>\d{3,5})\b)|(?:\b(?<port>\d{4,5})\s+as\s+(?:the\s+|a\s+|our\s+)?(?:wireguard\s+|udp\s+|listen(?:ing)?\s+)port)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Port();

    [GeneratedRegex(@"(?<path>/etc/wireguard)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Folder();

    [GeneratedRegex(@"[A-Za-z0-9&][\w./:-]*(?<![.:])", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
