using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warren.Config.Language;

/// <summary>Writes the JSON form of the language as a JSON Schema (draft 2020-12).</summary>
public static class JsonSchemaWriter
{
    /// <summary>All of it.</summary>
    public static string Write(BlockSchema root)
    {
        ArgumentNullException.ThrowIfNull(root);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            writer.WritePropertyName(root.Name);
            Block(writer, root);
            writer.WriteEndObject();
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void Block(Utf8JsonWriter writer, BlockSchema block)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteString("description", block.Summary);
        writer.WriteStartObject("properties");
        foreach (var child in block.Children)
        {
            writer.WritePropertyName(child.Name);
            var isMany = child is LeafSchema { IsList: true } or BlockSchema { IsList: true };
            if (isMany)
            {
                writer.WriteStartObject();
                writer.WriteString("type", "array");
                writer.WritePropertyName("items");
            }

            if (child is LeafSchema leaf)
                Leaf(writer, leaf);
            else
                Block(writer, (BlockSchema)child);
            if (isMany)
                writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (block.Keys.Count > 0)
        {
            writer.WriteStartArray("required");
            foreach (var key in block.Keys)
                writer.WriteStringValue(key.Name);
            writer.WriteEndArray();
        }

        writer.WriteBoolean("additionalProperties", block.IsOpaque);
        writer.WriteEndObject();
    }

    private static void Leaf(Utf8JsonWriter writer, LeafSchema leaf)
    {
        writer.WriteStartObject();
        writer.WriteString("description", $"{leaf.Summary} {leaf.Type.Description}");
        if (leaf.Type.JsonType == "integer" && leaf.Type.Options.Count > 0)
        {
            writer.WriteStartArray("type");
            writer.WriteStringValue("integer");
            writer.WriteStringValue("string");
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString("type", leaf.Type.JsonType);
            if (leaf.Type.Options.Count > 0 && leaf.Type.JsonType == "string")
            {
                writer.WriteStartArray("enum");
                foreach (var option in leaf.Type.Options)
                    writer.WriteStringValue(option);
                writer.WriteEndArray();
            }
        }

        if (leaf.Default is not null)
            writer.WriteString("default", leaf.Default);
        writer.WriteEndObject();
    }
}
