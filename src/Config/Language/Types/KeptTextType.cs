namespace Warren.Config.Language;

/// <summary>Lines that are kept as they are: the inside of a block that Warren does not look into.</summary>
public sealed class KeptTextType : LeafType<string>
{
    private KeptTextType()
        : base("text", "lines that are kept as they are")
    {
    }

    /// <summary>The one instance.</summary>
    public static KeptTextType Instance { get; } = new();

    private protected override string? Read(string text, out string? value, out string canonical)
    {
        value = canonical = text;
        return null;
    }
}
