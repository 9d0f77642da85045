using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>true or false.</summary>
public sealed class BooleanType : LeafType<bool>
{
    private static readonly object True = true, False = false;

    private BooleanType()
        : base("boolean", "true or false")
    {
    }

    /// <summary>The one instance.</summary>
    public static BooleanType Instance { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Options { get; } = ["true", "false"];

    /// <inheritdoc/>
    public override string JsonType => "boolean";

    private protected override string? Read(string text, out bool value, out string canonical)
    {
        canonical = text;
        value = text == "true";
        return value || text == "false" ? null : $"\"{text}\" is neither true nor false";
    }

    private protected override object Box(bool value) => value ? True : False;
}
