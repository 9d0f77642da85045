using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Cli.Shell;

// Tab and '?'.
internal sealed partial class ShellSession
{
    /// <summary>What may be typed at the end of a line.</summary>
    internal IReadOnlyList<ConfigCompletion.Choice> Complete(string line)
    {
        var (words, begun) = Cut(line);
        var choices = new List<ConfigCompletion.Choice>();
        if (words.Length == 0)
        {
            choices.AddRange(_commands.Where(command => command.Name.StartsWith(begun, StringComparison.Ordinal)).Select(command => new ConfigCompletion.Choice(command.Name, command.Summary, false)));
            if (_menu is null && "configure".StartsWith(begun, StringComparison.Ordinal))
                choices.Add(new ConfigCompletion.Choice("configure", "Edit the candidate configuration", false));
            if (_menu is not null)
                choices.InsertRange(0, Elements([], begun));
            return choices;
        }

        var first = _commands.Find(command => command.Name == words[0]) ?? (_menu is null ? Only(words[0]) : null);
        if (first is null || (_menu?.Last.Schema as BlockSchema)?.Find(words[0]) is not null)
            return words[0] is "config" or "configure" ? FromTop([.. words.Skip(1)], begun) : Elements(words, begun);
        string[] after = [.. words.Skip(1)];
        return first.Name switch
        {
            "show" when after is ["config"] => Among(begun, "candidate", "running", "version", "exports"),
            "show" when after is ["config", ("candidate" or "running"), .. var way] => [.. FromTop(way, begun), .. Among(begun, "verbose", "flat")],
            "compare" when after is ["config"] or ["config", _] => Among(begun, ["running", "candidate", "factory-defaults", .. _state.Exports().Select(export => export.Name)]),
            "restore" when after is ["config"] => Among(begun, "running", "factory-default"),
            "export" when after is ["config"] => Among(begun, "running", "candidate"),
            "import" when after is ["config"] => Among(begun, [.. _state.Exports().Select(export => export.Name)]),
            "delete" or "clone" or "move" => Elements(after, begun),
            "do" => Among(begun, [.. _commands.Select(command => command.Name)]),
            _ when after.Length == 0 || first.Name == "commit" => Among(begun, [.. first.Words]),
            _ => [],
        };
    }

    /// <summary>What '?' says of a line: grouped, two columns; of a leaf its usage (facts A2).</summary>
    internal string Help(string line)
    {
        var (words, begun) = Cut(line);
        var element = words.Length > 0 && begun.Length == 0 ? new ConfigCompletion(Effective).Element(_menu, words[0] is "config" or "configure" ? [.. words.Skip(1)] : words) : null;
        if (element is LeafSchema leaf && (_menu is not null || words[0] is "config" or "configure"))
            return LeafHelp(leaf, Complete(line));
        if (words.Length == 1 && begun.Length == 0 && _commands.Find(command => command.Name == words[0]) is { } named && named.Words.Count == 0)
            return $"usage: {named.Name} {named.Usage}".TrimEnd() + $"\n\n{named.Summary}\n";
        var choices = Complete(line);
        var elements = choices.Where(choice => _commands.TrueForAll(command => command.Name != choice.Text) && choice.Text != "configure").ToList();
        var commands = choices.Except(elements).ToList();
        var text = new StringBuilder();
        Group(text, _menu is null ? "Values" : $"{char.ToUpperInvariant(_menu.Last.Schema.Name[0])}{_menu.Last.Schema.Name[1..].Replace('-', ' ')} Attributes", elements);
        Group(text, "General Commands", commands);
        return text.Length == 0 ? "Nothing may follow\n" : text.ToString();
    }

    private static void Group(StringBuilder text, string title, List<ConfigCompletion.Choice> choices)
    {
        if (choices.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"{title}\n{new string('-', title.Length)}\n");
        var width = choices.Max(choice => choice.Text.Length) + 2;
        foreach (var choice in choices)
            text.Append((choice.Text.PadRight(width) + choice.Summary).TrimEnd()).Append('\n');
    }

    private static string LeafHelp(LeafSchema leaf, IReadOnlyList<ConfigCompletion.Choice> choices)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"usage: {leaf.Name}{(leaf.IsPresence ? "" : $" [<{leaf.Type.Name}>]")}\n\n{leaf.Summary}\n");
        if (leaf.IsPresence)
            return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"\npositional arguments:\n{leaf.Name} ({leaf.Type.Name}){(leaf.IsRequired ? " (required)" : "")}: {leaf.Type.Description}\n");
        if (leaf.Default is not null)
            text.Append(CultureInfo.InvariantCulture, $"Default: {leaf.Default}\n");
        string[] options = [.. choices.Where(choice => !choice.IsPlaceholder).Select(choice => choice.Text).Take(20)];
        if (options.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"Options: {string.Join(", ", options)}\n");
        return text.ToString();
    }

    private ShellCommand? Only(string word) => _commands.FindAll(command => command.Name.StartsWith(word, StringComparison.Ordinal)) is [var only] ? only : null;

    private IReadOnlyList<ConfigCompletion.Choice> Elements(string[] words, string begun) => _menu is null && !_isInConfig ? [] : new ConfigCompletion(Effective).Next(_menu, words, begun);

    private IReadOnlyList<ConfigCompletion.Choice> FromTop(string[] words, string begun) =>
        words.Length == 0 ? Among(begun, Authority.Schema.Name) : new ConfigCompletion(Effective).Next(null, words, begun);

    private static List<ConfigCompletion.Choice> Among(string begun, params string[] words) =>
        [.. words.Where(word => word.StartsWith(begun, StringComparison.Ordinal)).Select(word => new ConfigCompletion.Choice(word, "", false))];

    // The whole words, and the one that is begun at the end.
    private static (string[] Words, string Begun) Cut(string line)
    {
        var words = Split(line);
        if (words.Length == 0 || line.EndsWith(' '))
            return (words, "");
        return (words[..^1], words[^1]);
    }
}
