using System;
using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>Texts to trees.</summary>
public static class ConfigParser
{
    /// <summary>Reads a text into a tree of its own.</summary>
    /// <param name="schema">What the tree is: the authority.</param>
    /// <param name="source">The text.</param>
    /// <param name="mode">How lenient.</param>
    public static ConfigText Parse(BlockSchema schema, SourceText source, ReadMode mode = ReadMode.Whole) =>
        Read(new NodeBuilder(schema, "", default), mode, [source]);

    /// <summary>Reads texts one after the other into one tree: later values replace earlier ones.</summary>
    public static ConfigText Parse(BlockSchema schema, IEnumerable<SourceText> sources, ReadMode mode = ReadMode.Whole) =>
        Read(new NodeBuilder(schema, "", default), mode, sources);

    /// <summary>Reads a text into an existing tree, of which what the text does not touch stays as it is.</summary>
    public static ConfigText Merge(ConfigNode into, SourceText source, ReadMode mode = ReadMode.Fragment) => Read(new NodeBuilder(into), mode, [source]);

    private static ConfigText Read(NodeBuilder root, ReadMode mode, IEnumerable<SourceText> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var findings = new List<Finding>();
        var table = new WordTable();
        foreach (var source in sources)
            new ConfigReader(root, mode, source, findings.Add, table: table).ReadAll();
        return new ConfigText(root.ToNode(), findings);
    }
}
