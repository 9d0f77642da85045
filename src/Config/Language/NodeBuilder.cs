using System;
using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>A block that is being written: begins empty or as an existing one, of which what is not touched is kept as it is.</summary>
public sealed class NodeBuilder
{
    // Below, looking at each child is faster than an index, and most blocks are small.
    private const int SmallBlock = 12;

    private readonly ConfigNode? _from;
    private readonly List<object> _children = [];
    private Dictionary<(ElementSchema, string), int>? _index;
    private List<string>? _comments;
    private bool _isChanged;

    /// <summary>An empty block.</summary>
    public NodeBuilder(BlockSchema schema, string key, SourcePosition position)
    {
        (Schema, Key, Position) = (schema, key, position);
        _isChanged = true;
    }

    /// <summary>A block that begins as <paramref name="from"/>.</summary>
    public NodeBuilder(ConfigNode from)
    {
        ArgumentNullException.ThrowIfNull(from);
        _from = from;
        (Schema, Key, Position, GeneratedBy) = ((BlockSchema)from.Schema, from.Key, from.Position, from.GeneratedBy);
        if (from.Comments.Count > 0)
            _comments = [.. from.Comments];
        foreach (var child in from.Children)
            Append(child.Schema, KeyIn(child), child);
    }

    /// <summary>What it is.</summary>
    public BlockSchema Schema { get; }

    /// <summary>Its keys, joined by a space.</summary>
    public string Key { get; }

    /// <summary>Where it was opened first.</summary>
    public SourcePosition Position { get; }

    /// <summary>What makes it, when nobody wrote it.</summary>
    public string? GeneratedBy { get; set; }

    /// <summary>Whether it has no children.</summary>
    public bool IsEmpty => _children.Count == 0;

    /// <summary>Adds lines of comment above it.</summary>
    public void Comment(IEnumerable<string> lines)
    {
        (_comments ??= []).AddRange(lines);
        _isChanged = true;
    }

    /// <summary>The child block of that schema and key, made when it is not there.</summary>
    public NodeBuilder Open(BlockSchema schema, string key, SourcePosition position)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (Find(schema, key) is var at and >= 0)
        {
            if (_children[at] is NodeBuilder open)
                return open;
            var again = new NodeBuilder((ConfigNode)_children[at]);
            _children[at] = again;
            return again;
        }

        var made = new NodeBuilder(schema, key, position);
        Append(schema, key, made);
        _isChanged = true;
        return made;
    }

    /// <summary>Whether there is such a child.</summary>
    public bool Has(ElementSchema schema, string key = "") => Find(schema, key) >= 0;

    /// <summary>The child leaf, or null.</summary>
    public ConfigNode? Leaf(LeafSchema schema, string key = "") => Find(schema, key) is var at and >= 0 ? (ConfigNode)_children[at] : null;

    /// <summary>Writes a leaf: instead of the one that is there, or beside the others of a list of values.</summary>
    public void Set(LeafSchema schema, string text, object value, SourcePosition position, IReadOnlyList<string>? comments = null, string? generatedBy = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var leaf = new ConfigNode(schema, text, value, position) { GeneratedBy = generatedBy, Comments = comments ?? [] };
        var key = schema.IsList ? text : "";
        if (Find(schema, key) is var at and >= 0)
        {
            if (_children[at] is ConfigNode old && old.Text == text && comments is null)
                return;
            _children[at] = leaf;
        }
        else
        {
            Append(schema, key, leaf);
        }

        _isChanged = true;
    }

    /// <summary>Puts a whole child in, instead of the one of that schema and key.</summary>
    public void Put(ConfigNode child)
    {
        ArgumentNullException.ThrowIfNull(child);
        var key = KeyIn(child);
        if (Find(child.Schema, key) is var at and >= 0)
            _children[at] = child;
        else
            Append(child.Schema, key, child);
        _isChanged = true;
    }

    /// <summary>Takes a child out; false when it is not there.</summary>
    public bool Remove(ElementSchema schema, string key = "")
    {
        var at = Find(schema, key);
        if (at < 0)
            return false;
        _children.RemoveAt(at);
        _index = null;
        _isChanged = true;
        return true;
    }

    /// <summary>Takes all children of a schema out, and says how many they were.</summary>
    public int RemoveAll(ElementSchema schema)
    {
        var count = _children.RemoveAll(child => SchemaOf(child) == schema);
        _index = null;
        _isChanged |= count > 0;
        return count;
    }

    /// <summary>Moves an entry of an ordered list among its siblings.</summary>
    /// <param name="schema">The list.</param>
    /// <param name="key">The entry.</param>
    /// <param name="to">Its place among the entries, from 0.</param>
    public void Move(ElementSchema schema, string key, int to)
    {
        var from = Find(schema, key);
        ArgumentOutOfRangeException.ThrowIfNegative(from, nameof(key));
        var child = _children[from];
        _children.RemoveAt(from);
        var at = 0;
        for (var seen = 0; at < _children.Count && (SchemaOf(_children[at]) != schema || seen++ < to); at++)
        {
        }

        _children.Insert(at, child);
        _index = null;
        _isChanged = true;
    }

    /// <summary>The block as it is now. The very same object as in the beginning when nothing changed.</summary>
    public ConfigNode ToNode()
    {
        var children = new ConfigNode[_children.Count];
        var isChanged = _isChanged;
        for (var i = 0; i < children.Length; i++)
        {
            if (_children[i] is NodeBuilder open)
            {
                children[i] = open.ToNode();
                isChanged |= !ReferenceEquals(children[i], open._from);
            }
            else
            {
                children[i] = (ConfigNode)_children[i];
            }
        }

        if (!isChanged)
            return _from!;
        Sort(children);
        return new ConfigNode(Schema, Key, children, Position) { GeneratedBy = GeneratedBy, Comments = _comments ?? [] };
    }

    private static string KeyIn(ConfigNode child) => child.Schema is LeafSchema { IsList: false } ? "" : child.Key;

    private static ElementSchema SchemaOf(object child) => child is NodeBuilder open ? open.Schema : ((ConfigNode)child).Schema;

    private static string KeyOf(object child) => child is NodeBuilder open ? open.Key : KeyIn((ConfigNode)child);

    private void Append(ElementSchema schema, string key, object child)
    {
        _index?.Add((schema, key), _children.Count);
        _children.Add(child);
    }

    // Its place, or -1.
    private int Find(ElementSchema schema, string key)
    {
        if (_children.Count <= SmallBlock)
        {
            for (var i = 0; i < _children.Count; i++)
            {
                if (SchemaOf(_children[i]) == schema && KeyOf(_children[i]) == key)
                    return i;
            }

            return -1;
        }

        if (_index is null)
        {
            _index = new Dictionary<(ElementSchema, string), int>(2 * _children.Count);
            for (var i = 0; i < _children.Count; i++)
                _index[(SchemaOf(_children[i]), KeyOf(_children[i]))] = i;
        }

        return _index.TryGetValue((schema, key), out var at) ? at : -1;
    }

    // Stable, as the order of writing decides among equals; what was sorted before stays as it is at the cost of one look.
    private static void Sort(ConfigNode[] children)
    {
        var isSorted = true;
        for (var i = 1; i < children.Length && isSorted; i++)
            isSorted = Compare(children[i - 1], children[i]) <= 0;
        if (isSorted)
            return;
        var places = new int[children.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        var from = (ConfigNode[])children.Clone();
        Array.Sort(places, (left, right) => Compare(from[left], from[right]) is var order and not 0 ? order : left.CompareTo(right));
        for (var i = 0; i < places.Length; i++)
            children[i] = from[places[i]];
    }

    private static int Compare(ConfigNode left, ConfigNode right)
    {
        if (left.Schema != right.Schema)
            return left.Schema.Index.CompareTo(right.Schema.Index);
        return left.Schema switch
        {
            BlockSchema { IsOrdered: false, IsList: true } list => CompareKeys(list, left, right),
            _ => 0,
        };
    }

    private static int CompareKeys(BlockSchema list, ConfigNode left, ConfigNode right)
    {
        foreach (var key in list.Keys)
        {
            if (left.Child(key)?.Value is not { } first || right.Child(key)?.Value is not { } second)
                return string.CompareOrdinal(left.Key, right.Key);
            var order = key.Type.Compare(first, second);
            if (order != 0)
                return order;
        }

        return 0;
    }
}
