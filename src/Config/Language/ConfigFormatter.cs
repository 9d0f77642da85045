using System;
using System.Linq;
using System.Text;

namespace Warren.Config.Language;

/// <summary>
/// Writes a tree as text that can be read back. Facts A3: four blanks a level; every block closed by exit; a blank line before each block's header, none after an exit; names in one block
/// padded to the longest name, counting leaves that have a default whether they are shown or not, and two more.
/// </summary>
public sealed class ConfigFormatter
{
    private readonly FormatOptions _options;
    private readonly StringBuilder _text = new();

    private ConfigFormatter(FormatOptions options) => _options = options;

    /// <summary>A whole tree, from "config" to its exit.</summary>
    public static string Format(ConfigNode root, FormatOptions? options = null) => Format(root, [ConfigPath.Root(Required(root).Schema)], options);

    /// <summary>Parts of a tree, each within its ancestors, of which nothing but the way is written. Paths that are not there are left out.</summary>
    public static string Format(ConfigNode root, ConfigPath[] parts, FormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(parts);
        var formatter = new ConfigFormatter(options ?? new FormatOptions());
        foreach (var part in parts)
        {
            if (root.Find(part) is { } node)
                formatter.WritePart(root, part, node);
        }

        return formatter._text.ToString();
    }

    /// <summary>What stands in one block, without its header: what "show" says in a menu.</summary>
    public static string FormatContents(ConfigNode block, FormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        var formatter = new ConfigFormatter(options ?? new FormatOptions());
        formatter.WriteChildren(block, 0, "");
        return formatter._text.ToString();
    }

    /// <summary>How wide names are in a block.</summary>
    internal static int Width(ConfigNode block)
    {
        var width = 0;
        foreach (var child in block.Children)
            width = Math.Max(width, child.Name.Length);
        foreach (var child in ((BlockSchema)block.Schema).Children)
        {
            if (child is LeafSchema { Default: not null })
                width = Math.Max(width, child.Name.Length);
        }

        return width + 2;
    }

    private static ConfigNode Required(ConfigNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root;
    }

    private void WritePart(ConfigNode root, ConfigPath part, ConfigNode node)
    {
        if (_options.Flat)
        {
            WriteFlat(root, part, node);
            return;
        }

        if (ReferenceEquals(node, root))
            Comments(root, 0);
        _text.Append("config\n\n");
        var indent = 4;
        var ancestor = root;
        var steps = part.Steps;
        for (var i = 0; i + 1 < steps.Count; i++, indent += 4)
        {
            ancestor = i == 0 ? root : Step(ancestor, steps[i]);
            Header(ancestor, indent, 0);
            foreach (var key in ((BlockSchema)ancestor.Schema).Keys)
            {
                if (ancestor.Child(key) is { } leaf)
                    Leaf(leaf, indent + 4, ((BlockSchema)ancestor.Schema).Keys.Max(k => k.Name.Length) + 2, "");
            }

            _text.Append('\n');
        }

        if (node.IsBlock)
            WriteBlock(node, indent, 0);
        else
            Leaf(node, indent, node.Name.Length + 2, "");
        for (indent -= 4; indent >= 0; indent -= 4)
            _text.Append(' ', indent).Append("exit\n");
    }

    private static ConfigNode Step(ConfigNode from, ConfigPath.Step step) =>
        (step.Key.Length == 0 ? from.Child(step.Schema) : from.Child(step.Schema, step.Key))!;

    private void WriteFlat(ConfigNode root, ConfigPath part, ConfigNode node)
    {
        var way = new StringBuilder("config ");
        var ancestor = root;
        var steps = part.Steps;
        for (var i = 0; i < steps.Count; i++)
        {
            ancestor = i == 0 ? root : Step(ancestor, steps[i]);
            if (ancestor.IsBlock)
                way.Append(HeaderText(ancestor)).Append(' ');
        }

        if (node.IsBlock)
            WriteChildren(node, 0, way.ToString());
        else
            Leaf(node, 0, node.Name.Length + 2, way.ToString());
    }

    private void WriteBlock(ConfigNode block, int indent, int width)
    {
        if (block.Schema.Parent is not null)
            Comments(block, indent);
        Header(block, indent, width);
        WriteChildren(block, indent + 4, "");
        _text.Append(' ', indent).Append("exit\n");
    }

    private void WriteChildren(ConfigNode block, int indent, string way)
    {
        var schema = (BlockSchema)block.Schema;
        var width = Width(block);
        if (schema.IsOpaque && !_options.Flat)
        {
            if (block.Child(schema.Children[^1]) is { } kept)
            {
                foreach (var line in kept.Text.Split('\n'))
                    _text.Append(' ', indent).Append(line).Append('\n');
            }

            return;
        }

        if (!_options.Verbose)
        {
            foreach (var child in block.Children)
                Child(child, indent, width, way);
            return;
        }

        foreach (var element in schema.Children)
        {
            var written = block.ChildrenOf(element);
            foreach (var child in written)
                Child(child, indent, width, way);
            if (written.Length == 0 && element is LeafSchema { Default: { } value } leaf)
                Line(leaf.Name, Words.Quote(value), indent, width, way);
        }
    }

    private void Child(ConfigNode child, int indent, int width, string way)
    {
        if (child.GeneratedBy is not null && !_options.Generated)
            return;
        if (!child.IsBlock)
        {
            Leaf(child, indent, width, way);
        }
        else if (_options.Flat)
        {
            if (child.Children.Length == 0)
                _text.Append(way).Append(HeaderText(child)).Append('\n');
            WriteChildren(child, 0, $"{way}{HeaderText(child)} ");
        }
        else
        {
            if (_text.Length > 0)
                _text.Append('\n');
            WriteBlock(child, indent, width);
        }
    }

    private void Leaf(ConfigNode leaf, int indent, int width, string way)
    {
        var schema = (LeafSchema)leaf.Schema;
        if (!_options.Verbose && leaf.IsDefault && leaf.Comments.Count == 0)
            return;
        if (!_options.Flat)
            Comments(leaf, indent);
        Line(leaf.Name, schema.IsPresence ? "" : schema.IsSecret && !_options.Secrets ? ConfigReader.Mask : Words.Quote(leaf.Text), indent, width, way);
    }

    private void Line(string name, string value, int indent, int width, string way)
    {
        _text.Append(' ', indent).Append(way).Append(name);
        if (value.Length > 0)
            _text.Append(' ', Math.Max(1, width - name.Length)).Append(value);
        _text.Append('\n');
    }

    private void Header(ConfigNode block, int indent, int width)
    {
        _text.Append(' ', indent).Append(block.Name);
        if (block.Key.Length > 0)
            _text.Append(' ', Math.Max(2, width - block.Name.Length)).Append(block.Key);
        _text.Append('\n');
    }

    private static string HeaderText(ConfigNode block) => block.Key.Length == 0 ? block.Name : $"{block.Name} {block.Key}";

    private void Comments(ConfigNode node, int indent)
    {
        if (!_options.Comments)
            return;
        foreach (var comment in node.Comments)
            _text.Append(' ', indent).Append(comment).Append('\n');
    }
}
