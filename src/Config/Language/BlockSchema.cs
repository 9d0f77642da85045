using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Config.Language;

/// <summary>A block: a container that is there once, or a list whose entries are told apart by keys.</summary>
public sealed class BlockSchema : ElementSchema
{
    private readonly FrozenDictionary<string, ElementSchema> _byName;
    private readonly FrozenDictionary<string, ElementSchema>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    /// <summary>Declares a block.</summary>
    /// <param name="name">The word that opens it.</param>
    /// <param name="summary">One sentence for help and reference.</param>
    /// <param name="keys">The leaves that tell entries apart, in the order of the header; none for a container.</param>
    /// <param name="children">What may stand in it, in the order of writing. Keys that are not among them come first.</param>
    public BlockSchema(string name, string summary, IReadOnlyList<LeafSchema> keys, IReadOnlyList<ElementSchema> children)
        : base(name, summary)
    {
        Keys = keys;
        Children = [.. keys.Except(children), .. children];
        for (var index = 0; index < Children.Count; index++)
        {
            Children[index].Index = index;
            Children[index].Parent = this;
        }

        Required = [.. Children.OfType<LeafSchema>().Where(leaf => leaf.IsRequired)];
        _byName = Children.ToFrozenDictionary(child => child.Name, StringComparer.Ordinal);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The leaves that tell entries apart; empty for a container.</summary>
    public IReadOnlyList<LeafSchema> Keys { get; }

    /// <summary>What may stand in it, in the order of writing.</summary>
    public IReadOnlyList<ElementSchema> Children { get; }

    /// <summary>The leaves without which it is incomplete.</summary>
    public IReadOnlyList<LeafSchema> Required { get; }

    /// <summary>Whether it has entries with keys.</summary>
    public bool IsList => Keys.Count > 0;

    /// <summary>Whether the order of entries says something; otherwise they are sorted by key.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether anything may stand in it: parts of the language that Warren keeps as they are.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>The child of that name, or null.</summary>
    public ElementSchema? Find(ReadOnlySpan<char> name) => _bySpan.TryGetValue(name, out var child) ? child : null;

    /// <summary>The children whose names start so; one alone is meant by an abbreviation.</summary>
    public IReadOnlyList<ElementSchema> FindPrefix(string start) =>
        [.. Children.Where(child => child.Name.StartsWith(start, StringComparison.Ordinal))];
}
