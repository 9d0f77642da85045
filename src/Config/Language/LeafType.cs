using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Config.Language;

/// <summary>What the value of a leaf may be.</summary>
public abstract class LeafType
{
    private protected LeafType(string name, string description) => (Name, Description) = (name, description);

    /// <summary>What the language calls it: "l4-port", "ip-prefix".</summary>
    public string Name { get; }

    /// <summary>What may be written, with range and units, one sentence.</summary>
    public string Description { get; }

    /// <summary>The words among which to choose; empty where any text of the kind will do.</summary>
    public virtual IReadOnlyList<string> Options => [];

    /// <summary>The list in whose keys the value must be found: the names of the way to it from the authority, or null.</summary>
    public virtual string? RefersTo => null;

    /// <summary>Reads a value.</summary>
    /// <param name="text">As typed, without quotes.</param>
    /// <param name="value">The model's value.</param>
    /// <param name="canonical">How it is written.</param>
    /// <param name="problem">Why it is none, and what would be one.</param>
    public abstract bool TryRead(string text, [NotNullWhen(true)] out object? value, out string canonical, [NotNullWhen(false)] out string? problem);

    /// <summary>What is worth a warning about a value that was read all the same, or null.</summary>
    public virtual string? Remark(string text, object value) => null;

    /// <summary>In which order two values stand where the order says nothing: as text, unless the type knows better.</summary>
    public virtual int Compare(object? left, object? right) => string.CompareOrdinal(left?.ToString(), right?.ToString());

    /// <summary>How the type is said in JSON Schema: "string", "integer" or "boolean".</summary>
    public virtual string JsonType => "string";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
