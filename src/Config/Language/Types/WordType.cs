using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>One of some words that the model takes as they are: what Warren keeps and does not act on.</summary>
public sealed class WordType : LeafType<string>
{
    /// <summary>Declares the words.</summary>
    public WordType(string name, params string[] words)
        : base(name, "one of " + string.Join(", ", words)) => Options = words;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Options { get; }

    private protected override string? Read(string text, out string? value, out string canonical)
    {
        value = canonical = text;
        foreach (var word in Options)
        {
            if (word == text)
                return null;
        }

        return Spelling.Nearest(text, Options) is { } near ? $"\"{text}\" is no {Name}; was {near} meant?" : $"\"{text}\" is not {Description}";
    }
}
