using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warren.Config.Language;

/// <summary>The same tree as JSON: an object per block, an array per list, whose entries hold their keys; numbers and booleans as such.</summary>
public static class ConfigJson
{
    /// <summary>Writes a tree.</summary>
    public static string Write(ConfigNode root, FormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(root.Name);
            WriteBlock(writer, root, options ?? new FormatOptions());
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>Writes one block as a value of a larger document.</summary>
    public static void WriteBlock(Utf8JsonWriter writer, ConfigNode block, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(options);
        writer.WriteStartObject();
        foreach (var element in ((BlockSchema)block.Schema).Children)
        {
            var children = block.ChildrenOf(element);
            if (children.Length == 0)
            {
                if (options.Verbose && element is LeafSchema { Default: { } value } missing && missing.Type.TryRead(value, out var made, out var canonical, out _))
                {
                    writer.WritePropertyName(element.Name);
                    WriteValue(writer, missing, canonical, made, options);
                }

                continue;
            }

            var isMany = element is LeafSchema { IsList: true } or BlockSchema { IsList: true };
            writer.WritePropertyName(element.Name);
            if (isMany)
                writer.WriteStartArray();
            foreach (var child in children)
            {
                if (child.GeneratedBy is not null && !options.Generated)
                    continue;
                if (element is LeafSchema leaf)
                    WriteValue(writer, leaf, child.Text, child.Value!, options);
                else
                    WriteBlock(writer, child, options);
            }

            if (isMany)
                writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a tree; what cannot be read is reported, and left out.</summary>
    /// <param name="schema">What the tree is: the authority.</param>
    /// <param name="source">The text.</param>
    /// <param name="into">A tree into which it goes; null for an empty one.</param>
    public static ConfigText Read(BlockSchema schema, SourceText source, ConfigNode? into = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(source);
        var findings = new List<Finding>();
        var root = into is null ? new NodeBuilder(schema, "", default) : new NodeBuilder(into);
        var bytes = Encoding.UTF8.GetBytes(source.Text);
        var lines = new LineIndex(source, bytes);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
            new Reader(lines, findings).ReadDocument(ref reader, root);
        }
        catch (JsonException failure)
        {
            findings.Add(new Finding("bad-json", Severity.Error, "this is no JSON: " + failure.Message.Split(" LineNumber:")[0].TrimEnd('.'))
            {
                Position = new SourcePosition(source, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1),
            });
        }

        return new ConfigText(root.ToNode(), findings);
    }

    private static void WriteValue(Utf8JsonWriter writer, LeafSchema leaf, string text, object value, FormatOptions options)
    {
        if (leaf.IsSecret && !options.Secrets)
            writer.WriteStringValue(ConfigReader.Mask);
        else if (value is bool truth)
            writer.WriteBooleanValue(truth);
        else if (value is long number && !leaf.Type.Options.Contains(text))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(text);
    }

    // Where each line begins, so that a byte has a line and a column.
    private sealed class LineIndex
    {
        private readonly SourceText _source;
        private readonly List<int> _starts = [0];

        public LineIndex(SourceText source, byte[] bytes)
        {
            _source = source;
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == '\n')
                    _starts.Add(i + 1);
            }
        }

        public SourcePosition At(long index)
        {
            var line = _starts.BinarySearch((int)index);
            if (line < 0)
                line = ~line - 1;
            return new SourcePosition(_source, line + 1, (int)index - _starts[line] + 1);
        }
    }

    private sealed class Reader(LineIndex lines, List<Finding> findings)
    {
        public void ReadDocument(ref Utf8JsonReader reader, NodeBuilder root)
        {
            if (!reader.Read() || !Is(ref reader, JsonTokenType.StartObject, "a configuration is an object"))
                return;
            var path = ConfigPath.Root(root.Schema);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                var at = lines.At(reader.TokenStartIndex);
                reader.Read();
                if (name == root.Schema.Name)
                {
                    if (Is(ref reader, JsonTokenType.StartObject, "the authority is an object"))
                        ReadBlock(ref reader, root, path);
                }
                else
                {
                    Report("unknown-word", $"there is no \"{name}\" at the top", path, at, $"write \"{root.Schema.Name}\"");
                    reader.Skip();
                }
            }
        }

        private void ReadBlock(ref Utf8JsonReader reader, NodeBuilder block, ConfigPath path)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                var at = lines.At(reader.TokenStartIndex);
                reader.Read();
                if (block.Schema.Find(name) is not { } child)
                {
                    var near = Spelling.Nearest(name, block.Schema.Children.Select(c => c.Name));
                    Report("unknown-word", $"there is no \"{name}\" in {path.Last}{(near is null ? "" : $"; was {near} meant?")}", path, at, near is null ? null : $"write \"{near}\"");
                    reader.Skip();
                    continue;
                }

                if (child is LeafSchema leaf)
                    ReadLeaf(ref reader, block, path, leaf);
                else
                    ReadBlocks(ref reader, block, path, (BlockSchema)child);
            }
        }

        private void ReadBlocks(ref Utf8JsonReader reader, NodeBuilder parent, ConfigPath path, BlockSchema schema)
        {
            if (!schema.IsList)
            {
                if (Is(ref reader, JsonTokenType.StartObject, $"{schema.Name} is an object"))
                    ReadBlock(ref reader, parent.Open(schema, "", lines.At(reader.TokenStartIndex)), path.Then(schema));
                return;
            }

            if (!Is(ref reader, JsonTokenType.StartArray, $"{schema.Name} is an array of objects"))
                return;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var at = lines.At(reader.TokenStartIndex);
                if (!Is(ref reader, JsonTokenType.StartObject, $"an entry of {schema.Name} is an object"))
                    continue;
                if (Keys(reader, schema, path, at) is not { } keys)
                {
                    reader.Skip();
                    continue;
                }

                var key = string.Join(' ', keys.Select(k => k.Text));
                var entry = parent.Open(schema, key, at);
                for (var i = 0; i < keys.Length; i++)
                    entry.Set(schema.Keys[i], keys[i].Text, keys[i].Value, at);
                ReadBlock(ref reader, entry, path.Then(schema, key));
            }
        }

        // Keys may stand anywhere in the entry: looked up by a copy of the reader.
        private (string Text, object Value)[]? Keys(Utf8JsonReader entry, BlockSchema schema, ConfigPath path, SourcePosition at)
        {
            var keys = new (string Text, object Value)[schema.Keys.Count];
            var depth = entry.CurrentDepth;
            var isGood = true;
            while (entry.Read() && entry.CurrentDepth > depth)
            {
                if (entry.TokenType != JsonTokenType.PropertyName || entry.CurrentDepth != depth + 1)
                    continue;
                var name = entry.GetString();
                var index = schema.Keys.ToList().FindIndex(k => k.Name == name);
                entry.Read();
                if (index < 0)
                {
                    entry.Skip();
                    continue;
                }

                if (!schema.Keys[index].Type.TryRead(Text(ref entry), out var value, out var canonical, out var problem))
                {
                    Report("bad-key", $"{schema.Name} {schema.Keys[index].Name}: {problem}", path, lines.At(entry.TokenStartIndex), null);
                    isGood = false;
                    entry.Skip();
                    continue;
                }

                keys[index] = (canonical, value);
            }

            for (var i = 0; i < keys.Length && isGood; i++)
            {
                if (keys[i].Text is not null)
                    continue;
                Report("key-missing", $"{schema.Name} needs its {schema.Keys[i].Name}: {schema.Keys[i].Type.Description}", path, at, $"add \"{schema.Keys[i].Name}\"");
                isGood = false;
            }

            return isGood ? keys : null;
        }

        private void ReadLeaf(ref Utf8JsonReader reader, NodeBuilder block, ConfigPath path, LeafSchema leaf)
        {
            if (!leaf.IsList)
            {
                ReadValue(ref reader, block, path, leaf);
                return;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                ReadValue(ref reader, block, path, leaf);
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                ReadValue(ref reader, block, path, leaf);
        }

        private void ReadValue(ref Utf8JsonReader reader, NodeBuilder block, ConfigPath path, LeafSchema leaf)
        {
            var at = lines.At(reader.TokenStartIndex);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null)
            {
                Report("bad-value", $"{leaf.Name} is {leaf.Type.Description}", path.Then(leaf), at, null);
                reader.Skip();
                return;
            }

            var text = Text(ref reader);
            if (leaf.IsPresence)
            {
                if (text == "true")
                    block.Set(leaf, "", true, at);
                return;
            }

            if (leaf.IsSecret && text == ConfigReader.Mask)
            {
                if (!block.Has(leaf))
                    Report("masked-secret", $"{leaf.Name} is masked, and there is none to keep", path.Then(leaf), at, "write the secret itself");
                return;
            }

            if (!leaf.Type.TryRead(text, out var value, out var canonical, out var problem))
            {
                Report("bad-value", $"{leaf.Name}: {problem}", path.Then(leaf), at, null);
                return;
            }

            if (leaf.Type.Remark(text, value) is { } remark)
                Report("host-bits", $"{leaf.Name}: {remark}", path.Then(leaf), at, $"write {canonical}", Severity.Warning);
            block.Set(leaf, canonical, value, at);
        }

        private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => reader.GetString()!,
            _ => "",
        };

        private bool Is(ref Utf8JsonReader reader, JsonTokenType type, string otherwise)
        {
            if (reader.TokenType == type)
                return true;
            Report("bad-json", string.Create(CultureInfo.InvariantCulture, $"{otherwise}; this is {reader.TokenType}"), null, lines.At(reader.TokenStartIndex), null);
            reader.Skip();
            return false;
        }

        private void Report(string rule, string message, ConfigPath? path, SourcePosition at, string? fix, Severity severity = Severity.Error) =>
            findings.Add(new Finding(rule, severity, message) { Path = path, Position = at, Fix = fix, Router = path?.KeyOf("router") });
    }
}
