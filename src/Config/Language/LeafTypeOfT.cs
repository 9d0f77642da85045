using System;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Config.Language;

/// <summary>What the value of a leaf may be, and what the model makes of it.</summary>
/// <typeparam name="T">The model's type.</typeparam>
public abstract class LeafType<T> : LeafType
    where T : notnull
{
    private protected LeafType(string name, string description)
        : base(name, description)
    {
    }

    /// <inheritdoc/>
    public sealed override bool TryRead(
        string text, [NotNullWhen(true)] out object? value, out string canonical, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = Read(text, out var typed, out canonical);
        value = problem is null ? Box(typed!) : null;
        return problem is null;
    }

    /// <summary>Null when it was read; else why it is no such value and what would be one.</summary>
    private protected abstract string? Read(string text, out T? value, out string canonical);

    /// <summary>The value as an object: types whose values are few hand out the same again.</summary>
    private protected virtual object Box(T value) => value;
}
