using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Config.Language;

/// <summary>One element of a configuration: a leaf with its value, or a block with its children in the order of writing. Never changes.</summary>
/// <remarks>Trees share what did not change: two versions of an authority hold the same object for a router that is the same in both, which
/// is how differences are found without looking at all of it.</remarks>
public sealed class ConfigNode
{
    private readonly ConfigNode[] _children;

    internal ConfigNode(LeafSchema schema, string text, object value, SourcePosition position)
    {
        (Schema, Text, Value, Position, _children, Key) = (schema, text, value, position, [], text);
    }

    internal ConfigNode(BlockSchema schema, string key, ConfigNode[] children, SourcePosition position)
    {
        (Schema, Key, Text, _children, Position) = (schema, key, key, children, position);
    }

    /// <summary>What it is.</summary>
    public ElementSchema Schema { get; }

    /// <summary>A leaf's value as it is written, without quotes.</summary>
    public string Text { get; }

    /// <summary>A leaf's value as the model has it; null for a block.</summary>
    public object? Value { get; }

    /// <summary>An entry's keys joined by a space; a leaf's text; empty for a container.</summary>
    public string Key { get; }

    /// <summary>Where it stands in the text it was read from.</summary>
    public SourcePosition Position { get; }

    /// <summary>What made it, as "router r1 wireguard-profile wg-profile-1", when nobody wrote it; else null.</summary>
    public string? GeneratedBy { get; init; }

    /// <summary>The comment lines above it, each from its '#'.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>A block's children: by schema, then by key or, where the order says something, as written.</summary>
    public ReadOnlySpan<ConfigNode> Children => _children;

    /// <summary>The name.</summary>
    public string Name => Schema.Name;

    /// <summary>Whether it is a block.</summary>
    public bool IsBlock => Schema is BlockSchema;

    /// <summary>The children of one kind.</summary>
    public ReadOnlySpan<ConfigNode> ChildrenOf(ElementSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var from = FirstOf(schema.Index);
        var to = from;
        while (to < _children.Length && _children[to].Schema.Index == schema.Index)
            to++;
        return _children.AsSpan(from, to - from);
    }

    /// <summary>The one child of a kind, or the first; null when there is none.</summary>
    public ConfigNode? Child(ElementSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var from = FirstOf(schema.Index);
        return from < _children.Length && _children[from].Schema == schema ? _children[from] : null;
    }

    /// <summary>The entry of a list, or the value of a list of values, with that key; null when there is none.</summary>
    public ConfigNode? Child(ElementSchema schema, string key)
    {
        foreach (var child in ChildrenOf(schema))
        {
            if (child.Key == key)
                return child;
        }

        return null;
    }

    /// <summary>The value of a leaf, or <paramref name="otherwise"/> where it is not written.</summary>
    public T Get<T>(Leaf<T> leaf, T otherwise)
        where T : notnull => Child(leaf)?.Value is T value ? value : otherwise;

    /// <summary>The value of a leaf, or what the schema says it is where nothing is written.</summary>
    public T Get<T>(Leaf<T> leaf)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(leaf);
        if (Child(leaf)?.Value is T value)
            return value;
        return leaf.Default is { } text && leaf.Type.TryRead(text, out var made, out _, out _) ? (T)made : default!;
    }

    /// <summary>All values of a leaf.</summary>
    public IReadOnlyList<T> All<T>(Leaf<T> leaf)
        where T : notnull
    {
        var nodes = ChildrenOf(leaf);
        if (nodes.Length == 0)
            return [];
        var values = new T[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
            values[i] = (T)nodes[i].Value!;
        return values;
    }

    /// <summary>The node at a path that begins with this one, or null.</summary>
    public ConfigNode? Find(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var node = this;
        foreach (var step in path.Steps.Skip(1))
        {
            node = step.Key.Length == 0 ? node.Child(step.Schema) : node.Child(step.Schema, step.Key);
            if (node is null)
                return null;
        }

        return node;
    }

    /// <summary>Whether this is a leaf that says what would be so without it.</summary>
    public bool IsDefault => Schema is LeafSchema { Default: { } value } leaf && value == Text && leaf.Parent?.Keys.Contains(leaf) != true;

    /// <summary>Whether both say the same, wherever they were read: what is written and is the default anyway makes no difference.</summary>
    public bool SaysTheSame(ConfigNode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
            return true;
        if (Schema != other.Schema || Key != other.Key)
            return false;
        int i = 0, j = 0;
        while (true)
        {
            while (i < _children.Length && _children[i].IsDefault)
                i++;
            while (j < other._children.Length && other._children[j].IsDefault)
                j++;
            if (i == _children.Length || j == other._children.Length)
                return i == _children.Length && j == other._children.Length;
            if (!_children[i++].SaysTheSame(other._children[j++]))
                return false;
        }
    }

    /// <summary>The name and the key.</summary>
    public override string ToString() => Key.Length == 0 ? Name : $"{Name} {Key}";

    private int FirstOf(int index)
    {
        int low = 0, high = _children.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_children[middle].Schema.Index < index)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
