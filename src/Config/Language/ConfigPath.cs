using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Warren.Config.Language;

/// <summary>The way to an element: names, and for entries of lists their keys. Equal by what it says.</summary>
public sealed class ConfigPath : IEquatable<ConfigPath>
{
    /// <summary>One step of a path.</summary>
    /// <param name="Schema">What it is.</param>
    /// <param name="Key">The keys of an entry, in the order of the schema, joined by a space; empty for anything else.</param>
    public readonly record struct Step(ElementSchema Schema, string Key)
    {
        /// <summary>"router r1", or the bare name; a key that needs quotes has them.</summary>
        public override string ToString() => Key.Length == 0 ? Schema.Name : $"{Schema.Name} {Key}";
    }

    private ConfigPath(ConfigPath? parent, Step step) => (Parent, Last, Depth) = (parent, step, (parent?.Depth ?? 0) + 1);

    /// <summary>The path without its last step; null for the authority itself.</summary>
    public ConfigPath? Parent { get; }

    /// <summary>The last step.</summary>
    public Step Last { get; }

    /// <summary>How many steps, the authority being one.</summary>
    public int Depth { get; }

    /// <summary>All steps, the authority first.</summary>
    public IReadOnlyList<Step> Steps
    {
        get
        {
            var steps = new Step[Depth];
            for (var path = this; path is not null; path = path.Parent)
                steps[path.Depth - 1] = path.Last;
            return steps;
        }
    }

    /// <summary>The path of a root.</summary>
    public static ConfigPath Root(ElementSchema schema) => new(null, new Step(schema, ""));

    /// <summary>One step further.</summary>
    public ConfigPath Then(ElementSchema schema, string key = "") => new(this, new Step(schema, key));

    /// <summary>One step further, to a child.</summary>
    public ConfigPath Then(ConfigNode child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return new(this, new Step(child.Schema, child.Schema is BlockSchema ? child.Key : ""));
    }

    /// <summary>The key of the nearest step of that name, or null: the router of a peer.</summary>
    public string? KeyOf(string name)
    {
        for (var path = this; path is not null; path = path.Parent)
        {
            if (path.Last.Schema.Name == name)
                return path.Last.Key;
        }

        return null;
    }

    /// <summary>"authority router r1 node node1", as it is typed.</summary>
    public override string ToString() => string.Join(' ', Steps.Select(step => step.ToString()));

    /// <summary>The shape that the router's own messages have: a line per step, four spaces further in each, from "config".</summary>
    public string ToIndentedText(int indent)
    {
        var text = new StringBuilder();
        text.Append(' ', indent).Append("config\n");
        foreach (var step in Steps)
        {
            indent += 4;
            text.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{step}\n");
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(ConfigPath? other) =>
        other is not null && Depth == other.Depth && Last.Schema == other.Last.Schema && Last.Key == other.Last.Key && Equals(Parent, other.Parent);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfigPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parent, Last.Schema.Name, Last.Key);
}
