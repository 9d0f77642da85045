using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Warren.Config.Language;

/// <summary>Writes the reference of the language from its schema, as Markdown.</summary>
public static class ReferenceWriter
{
    /// <summary>All of it, an element per section.</summary>
    public static string Write(BlockSchema root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var text = new StringBuilder();
        text.Append("""
            # Reference of the configuration language

            Generated from the schema; `warren config reference` prints it. Elements marked *kept* are part of the language that Warren keeps and shows but does not act on; a
            warning names them where they are used. Elements marked *ours* are Warren's own.


            """);
        Block(text, root, root.Name);
        return text.ToString();
    }

    private static void Block(StringBuilder text, BlockSchema block, string way)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {way}\n\n{block.Summary}");
        if (block.IsList)
            text.Append(CultureInfo.InvariantCulture, $" A list; entries are told apart by {string.Join(" and ", block.Keys.Select(key => $"`{key.Name}`"))}.");
        if (block.IsOrdered)
            text.Append(" The order of entries matters.");
        text.Append("\n\n");
        if (block.Children.Count > 0)
        {
            text.Append("| element | value | default | what it is |\n|---|---|---|---|\n");
            foreach (var child in block.Children)
                text.Append(CultureInfo.InvariantCulture, $"| `{child.Name}` | {Value(child)} | {Default(child)} | {child.Summary}{Marks(child)} |\n");
            text.Append('\n');
        }

        foreach (var child in block.Children)
        {
            if (child is BlockSchema { IsOpaque: false } deeper)
                Block(text, deeper, $"{way} > {child.Name}");
        }
    }

    private static string Value(ElementSchema element) => element switch
    {
        BlockSchema { IsList: true } => "list",
        BlockSchema => "block",
        LeafSchema { IsPresence: true } => "none",
        LeafSchema leaf => $"{leaf.Type.Name}: {leaf.Type.Description}{(leaf.IsList ? "; several" : "")}".Replace("|", "\\|", StringComparison.Ordinal),
        _ => "",
    };

    private static string Default(ElementSchema element) => element is LeafSchema leaf ? leaf.Default is not null ? $"`{leaf.Default}`" : leaf.Otherwise ?? "" : "";

    private static string Marks(ElementSchema element)
    {
        var marks = (element.IsHeeded ? "" : " *kept*") + (element.IsOurs ? " *ours*" : "");
        return element is LeafSchema { IsRequired: true } ? marks + " *required*" : element is LeafSchema { IsSecret: true } ? marks + " *secret*" : marks;
    }
}
