using System;
using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>One element of the authority as its rules see it: a view of its node, which never changes.</summary>
/// <param name="node">What was read.</param>
public abstract class Element(ConfigNode node)
{
    /// <summary>What was read, with positions.</summary>
    public ConfigNode Node { get; } = node;

    /// <summary>Where it begins.</summary>
    public SourcePosition Position => Node.Position;

    /// <summary>Whether nobody wrote it.</summary>
    public bool IsGenerated => Node.GeneratedBy is not null;

    /// <summary>Where a leaf stands; where the element begins when it is not written.</summary>
    public SourcePosition PositionOf(LeafSchema leaf) => Node.Child(leaf)?.Position ?? Position;

    /// <summary>Where one value of a leaf stands.</summary>
    public SourcePosition PositionOf(LeafSchema leaf, string text) => Node.Child(leaf, text)?.Position ?? PositionOf(leaf);

    /// <inheritdoc/>
    public override string ToString() => Node.ToString();

    private protected IReadOnlyList<T> Entries<T>(BlockSchema schema, Func<ConfigNode, T> make)
    {
        var nodes = Node.ChildrenOf(schema);
        if (nodes.Length == 0)
            return [];
        var entries = new T[nodes.Length];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = make(nodes[i]);
        return entries;
    }
}
