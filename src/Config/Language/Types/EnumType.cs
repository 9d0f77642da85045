using System;
using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>One of some words, each a value of an enumeration of the model.</summary>
/// <typeparam name="T">The model's enumeration.</typeparam>
public sealed class EnumType<T> : LeafType<T>
    where T : struct, Enum
{
    private readonly (string Word, T Value, object Boxed)[] _choices;

    /// <summary>Declares the words.</summary>
    public EnumType(string name, params (string Word, T Value)[] choices)
        : base(name, "one of " + string.Join(", ", Array.ConvertAll(choices, choice => choice.Word)))
    {
        _choices = Array.ConvertAll(choices, choice => (choice.Word, choice.Value, (object)choice.Value));
        Options = Array.ConvertAll(choices, choice => choice.Word);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Options { get; }

    /// <summary>The word for a value.</summary>
    public string Word(T value) => Array.Find(_choices, choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word;

    private protected override string? Read(string text, out T value, out string canonical)
    {
        canonical = text;
        foreach (var choice in _choices)
        {
            if (choice.Word == text)
            {
                value = choice.Value;
                return null;
            }
        }

        value = default;
        return Spelling.Nearest(text, Options) is { } near ? $"\"{text}\" is no {Name}; was {near} meant?" : $"\"{text}\" is not {Description}";
    }

    private protected override object Box(T value)
    {
        foreach (var choice in _choices)
        {
            if (EqualityComparer<T>.Default.Equals(choice.Value, value))
                return choice.Boxed;
        }

        return value;
    }
}
