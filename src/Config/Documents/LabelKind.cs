namespace Warren.Config.Documents;

/// <summary>How sure it is that a name belongs to a block.</summary>
public enum LabelKind
{
    /// <summary>Nothing names it.</summary>
    None,

    /// <summary>A sentence before it speaks of that host.</summary>
    Mention,

    /// <summary>The file's own name.</summary>
    FileName,

    /// <summary>A heading right above it, a comment in it, or its own name.</summary>
    Name,
}
