namespace Warren.Config.Language;

/// <summary>No value: that it is there says all.</summary>
public sealed class PresenceType : LeafType<bool>
{
    private static readonly object Present = true;

    private PresenceType()
        : base("empty", "no value: it is there or not")
    {
    }

    /// <summary>The one instance.</summary>
    public static PresenceType Instance { get; } = new();

    /// <inheritdoc/>
    public override string JsonType => "boolean";

    private protected override string? Read(string text, out bool value, out string canonical)
    {
        canonical = "";
        value = true;
        return text.Length == 0 ? null : "it takes no value";
    }

    private protected override object Box(bool value) => Present;
}
