namespace Warren.Config.Language;

/// <summary>What the language says of one element: a leaf with a value, or a block. Declared once, beside the model; the parser, the
/// formatter, completion, help, the reference and the JSON schema all read it.</summary>
public abstract class ElementSchema
{
    private protected ElementSchema(string name, string summary) => (Name, Summary) = (name, summary);

    /// <summary>The word.</summary>
    public string Name { get; }

    /// <summary>One sentence for help and reference.</summary>
    public string Summary { get; }

    /// <summary>False for what the language has and Warren keeps and shows, but does not act on; it is named in a warning.</summary>
    public bool IsHeeded { get; init; } = true;

    /// <summary>True for what only Warren has.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Its place among its siblings, from 0: the order in which they are written.</summary>
    internal int Index { get; set; }

    /// <summary>The block that it stands in; null for the root, and for an element that several blocks share.</summary>
    public BlockSchema? Parent { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
