using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Config.Language;

/// <summary>What may be typed next in a menu, and what it means: for Tab and for '?'.</summary>
/// <param name="root">The configuration, whose entries are offered as keys and references.</param>
public sealed class ConfigCompletion(ConfigNode root)
{
    /// <summary>One thing that may come next.</summary>
    /// <param name="Text">What to type; a type in angle brackets where any value of it will do.</param>
    /// <param name="Summary">What it is.</param>
    /// <param name="IsPlaceholder">Whether it is a type rather than a word.</param>
    public readonly record struct Choice(string Text, string Summary, bool IsPlaceholder);

    /// <summary>What may follow.</summary>
    /// <param name="menu">The menu's path; null for the top, where the authority's own elements may stand too.</param>
    /// <param name="words">What is typed before, each whole or cut short.</param>
    /// <param name="begun">The beginning of the word at the cursor.</param>
    /// <returns>In the order of the schema; keys in the order of the configuration.</returns>
    public IReadOnlyList<Choice> Next(ConfigPath? menu, IReadOnlyList<string> words, string begun)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(begun);
        var (schema, node, leaf, keys) = Walk(menu, words);
        if (leaf is not null)
            return Values(leaf, node, begun);
        if (schema is null)
            return [];
        if (keys >= 0)
            return Keys(schema, node, keys, words, begun);
        return
        [
            .. schema.Children
                .Where(child => child.Name.StartsWith(begun, StringComparison.Ordinal) && child.Name[0] != '(')
                .Select(child => new Choice(child.Name, child.Summary, false)),
        ];
    }

    /// <summary>What the last of some words is: the element, or null.</summary>
    public ElementSchema? Element(ConfigPath? menu, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var (schema, _, leaf, _) = Walk(menu, words);
        return leaf ?? (ElementSchema?)schema;
    }

    /// <summary>The entries that a reference may name, wherever in the configuration the list is.</summary>
    /// <param name="list">As a type's <see cref="LeafType.RefersTo"/> says it.</param>
    public IEnumerable<ConfigNode> Entries(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        IEnumerable<ConfigNode> nodes = [root];
        foreach (var name in list.Split('/'))
            nodes = nodes.SelectMany(node => ((BlockSchema)node.Schema).Find(name) is { } schema ? node.ChildrenOf(schema).ToArray() : []);
        return nodes;
    }

    // The block in which the next word stands, and its node where there is one; or the leaf whose value it is; or which key of a list's header.
    private (BlockSchema? Schema, ConfigNode? Node, LeafSchema? Leaf, int Key) Walk(ConfigPath? menu, IReadOnlyList<string> words)
    {
        var schema = menu is null ? (BlockSchema)root.Schema : (BlockSchema)menu.Last.Schema;
        var node = menu is null ? root : root.Find(menu);
        for (var at = 0; at < words.Count; at++)
        {
            if (at == 0 && menu is null && words[at] == root.Name)
                continue;
            if (Resolve(schema, words[at]) is not { } child)
                return default;
            if (child is LeafSchema leaf)
                return at == words.Count - 1 || leaf.IsList ? (null, node, leaf, -1) : default;
            var list = (BlockSchema)child;
            var given = Math.Min(list.Keys.Count, words.Count - at - 1);
            if (given < list.Keys.Count)
                return (list, node, null, given);
            var key = string.Join(' ', words.Skip(at + 1).Take(given));
            node = list.IsList ? node?.Child(list, key) : node?.Child(list);
            schema = list;
            at += given;
        }

        return (schema, node, null, -1);
    }

    private static ElementSchema? Resolve(BlockSchema block, string word) =>
        block.Find(word) ?? (block.FindPrefix(word) is [var only] ? only : null);

    private List<Choice> Values(LeafSchema leaf, ConfigNode? _, string begun)
    {
        var choices = new List<Choice>();
        if (leaf.IsPresence)
            return choices;
        foreach (var option in leaf.Type.Options)
        {
            if (option.StartsWith(begun, StringComparison.Ordinal))
                choices.Add(new Choice(option, option == leaf.Default ? "default" : "", false));
        }

        if (leaf.Type.RefersTo is { } list)
        {
            foreach (var name in Entries(list).Select(entry => entry.Key).Distinct())
            {
                if (name.StartsWith(begun, StringComparison.Ordinal))
                    choices.Add(new Choice(name, "", false));
            }
        }

        if (leaf.Type.Options.Count == 0 || leaf.Type.JsonType == "integer")
            choices.Add(new Choice($"<{leaf.Type.Name}>", leaf.Type.Description, true));
        return choices;
    }

    private List<Choice> Keys(BlockSchema list, ConfigNode? parent, int index, IReadOnlyList<string> words, string begun)
    {
        var choices = new List<Choice>();
        var before = words.Skip(words.Count - index).ToArray();
        var entries = parent is null ? [] : parent.ChildrenOf(list).ToArray();
        foreach (var entry in entries)
        {
            var parts = entry.Key.Split(' ');
            if (parts.Length > index && parts.Take(index).SequenceEqual(before) && parts[index].StartsWith(begun, StringComparison.Ordinal)
                && !choices.Exists(choice => choice.Text == parts[index]))
                choices.Add(new Choice(parts[index], index == list.Keys.Count - 1 && entry.GeneratedBy is not null ? "generated" : "", false));
        }

        foreach (var choice in Values(list.Keys[index], parent, begun))
        {
            if (!choices.Exists(other => other.Text == choice.Text))
                choices.Add(choice);
        }

        return choices;
    }
}
