using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Warren.Config.Language;

namespace Warren.Fabric.Differences;

/// <summary>What turns one configuration into another: as changes, and as commands of the language (facts A4, compare config). What both trees share is not looked at.</summary>
public static class ConfigDifference
{
    /// <summary>What the router says where there is no difference.</summary>
    public const string None = "# No differences";

    /// <summary>The changes, in the order of writing. A block that is new or gone is one change.</summary>
    public static IReadOnlyList<Change> Between(ConfigNode before, ConfigNode after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<Change>();
        Compare(ConfigPath.Root(before.Schema), before, after, changes);
        return changes;
    }

    /// <summary>The commands, each block within its ancestors, of which nothing but the key is written; secrets are masked unless asked for.</summary>
    public static string Commands(ConfigNode before, ConfigNode after, bool secrets = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.SaysTheSame(after))
            return None + "\n";
        var text = new StringBuilder();
        text.Append("config\n\n");
        Write(text, before, after, 4, new FormatOptions { Secrets = secrets });
        text.Append("exit\n");
        return text.ToString();
    }

    private static void Compare(ConfigPath path, ConfigNode before, ConfigNode after, List<Change> changes)
    {
        foreach (var (old, young) in Pairs(before, after))
        {
            if (old is not null && young is not null)
            {
                if (old.IsBlock)
                    Compare(path.Then(old), old, young, changes);
                else
                    changes.Add(new Change(path.Then(young), old, young));
            }
            else
            {
                changes.Add(new Change(path.Then((old ?? young)!), old, young));
            }
        }
    }

    // Children that differ, side by side. Where an order that matters changed, everything of that kind is taken out and put in again.
    private static List<(ConfigNode? Old, ConfigNode? Young)> Pairs(ConfigNode before, ConfigNode after)
    {
        var pairs = new List<(ConfigNode?, ConfigNode?)>();
        if (ReferenceEquals(before, after))
            return pairs;
        foreach (var schema in ((BlockSchema)before.Schema).Children)
        {
            var olds = Said(before, schema);
            var youngs = Said(after, schema);
            if (olds.Length == 0 && youngs.Length == 0)
                continue;
            if (schema is LeafSchema { IsList: false })
            {
                var (old, young) = (olds.FirstOrDefault(), youngs.FirstOrDefault());
                if (old?.Text != young?.Text)
                    pairs.Add((old, young));
                continue;
            }

            if (KeepsOrder(schema) && !IsInOrder(olds, youngs))
            {
                pairs.AddRange(olds.Select(old => ((ConfigNode?)old, (ConfigNode?)null)));
                pairs.AddRange(youngs.Select(young => ((ConfigNode?)null, (ConfigNode?)young)));
                continue;
            }

            var byKey = youngs.ToDictionary(young => young.Key);
            var keys = olds.Select(old => old.Key).ToHashSet();
            foreach (var old in olds)
            {
                if (!byKey.TryGetValue(old.Key, out var young))
                    pairs.Add((old, null));
                else if (!ReferenceEquals(old, young) && !old.SaysTheSame(young))
                    pairs.Add((old, young));
            }

            pairs.AddRange(youngs.Where(young => !keys.Contains(young.Key)).Select(young => ((ConfigNode?)null, (ConfigNode?)young)));
        }

        return pairs;
    }

    private static ConfigNode[] Said(ConfigNode block, ElementSchema schema) => [.. block.ChildrenOf(schema).ToArray().Where(child => !child.IsDefault)];

    // Values of a leaf stay in the order of writing, and so do entries where the order says something.
    private static bool KeepsOrder(ElementSchema schema) => schema is LeafSchema { IsList: true } or BlockSchema { IsList: true, IsOrdered: true };

    // Whether what stays keeps its order, and what is new comes after it: then lines alone bring it about.
    private static bool IsInOrder(ConfigNode[] olds, ConfigNode[] youngs)
    {
        var stays = olds.Where(old => youngs.Any(young => young.Key == old.Key)).Select(old => old.Key).ToArray();
        return youngs.Take(stays.Length).Select(young => young.Key).SequenceEqual(stays);
    }

    private static void Write(StringBuilder text, ConfigNode before, ConfigNode after, int indent, FormatOptions options)
    {
        var block = (BlockSchema)after.Schema;
        text.Append(' ', indent).Append(after).Append('\n');
        var width = block.Keys.Select(key => key.Name.Length).DefaultIfEmpty(0).Max() + 2;
        foreach (var key in block.Keys)
        {
            if (after.Child(key) is { } leaf && !block.IsOpaque)
                Line(text, indent + 4, key.Name, Words.Quote(leaf.Text), width);
        }

        // What goes first: a value that is deleted and written anew must end up written.
        var pairs = Pairs(before, after);
        foreach (var (old, young) in pairs)
        {
            if (young is null)
                Delete(text, old!, indent + 4);
        }

        foreach (var (old, young) in pairs)
        {
            if (young is null)
                continue;
            if (!young.IsBlock)
            {
                var schema = (LeafSchema)young.Schema;
                Line(text, indent + 4, young.Name, schema.IsPresence ? "" : schema.IsSecret && !options.Secrets ? ConfigReader.Mask : Words.Quote(young.Text), young.Name.Length + 2);
                continue;
            }

            text.Append('\n');
            if (old is not null && !((BlockSchema)young.Schema).IsOpaque)
                Write(text, old, young, indent + 4, options);
            else
                WriteWhole(text, old, young, indent + 4, options);
        }

        text.Append(' ', indent).Append("exit\n");
    }

    private static void WriteWhole(StringBuilder text, ConfigNode? old, ConfigNode young, int indent, FormatOptions options)
    {
        if (old is not null)
            Delete(text, old, indent);
        text.Append(' ', indent).Append(young).Append('\n');
        foreach (var line in ConfigFormatter.FormatContents(young, options).TrimEnd('\n').Split('\n'))
            text.Append(' ', line.Length > 0 ? indent + 4 : 0).Append(line).Append('\n');
        text.Append(' ', indent).Append("exit\n");
    }

    private static void Delete(StringBuilder text, ConfigNode old, int indent)
    {
        text.Append(' ', indent).Append("delete ").Append(old.Name).Append(" force");
        if (old.Schema is BlockSchema ? old.Key.Length > 0 : old.Schema is LeafSchema { IsList: true })
            text.Append(' ').Append(old.IsBlock ? old.Key : Words.Quote(old.Text));
        text.Append('\n');
    }

    private static void Line(StringBuilder text, int indent, string name, string value, int width)
    {
        text.Append(' ', indent).Append(name);
        if (value.Length > 0)
            text.Append(' ', Math.Max(1, width - name.Length)).Append(value);
        text.Append('\n');
    }
}
