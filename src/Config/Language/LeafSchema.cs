namespace Warren.Config.Language;

/// <summary>A leaf: a name and a value, or several of them on a line each, or the bare name.</summary>
public abstract class LeafSchema : ElementSchema
{
    private protected LeafSchema(string name, LeafType type, string summary)
        : base(name, summary) => Type = type;

    /// <summary>What its value may be.</summary>
    public LeafType Type { get; }

    /// <summary>What it is where nothing is written, as text; null for none. Not shown unless asked for.</summary>
    public string? Default { get; init; }

    /// <summary>What Warren takes where nothing is written, in words, where that depends on something else; null for nothing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether its block is incomplete without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may stand several times, once per value.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the order of its values says something.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether it has no value: its presence says all.</summary>
    public bool IsPresence => Type is PresenceType;

    /// <summary>Whether its value is never shown unless asked for by name.</summary>
    public bool IsSecret { get; init; }
}
