using System;
using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>A value as somebody wrote it, and where. Never a secret: those are <see cref="WrittenKey"/>.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Position">Line and column of the first.</param>
/// <param name="Start">Offset of the first in the whole text, in UTF-16 units.</param>
public readonly record struct Written(string Text, SourcePosition Position, int Start)
{
    /// <summary>The change that puts another value in its place.</summary>
    public TextEdit ReplaceWith(string text) => new(Position.Source!, Start, Text.Length, text);

    /// <summary>A part of it.</summary>
    internal Written Slice(int from, int length) =>
        new(Text.Substring(from, length), Position with { Column = Position.Column + from }, Start + from);

    /// <summary>It without the white space around.</summary>
    internal Written Trim()
    {
        var from = Text.Length - Text.AsSpan().TrimStart().Length;
        return Slice(from, Text.AsSpan().Trim().Length);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
