using System;
using System.Collections.Generic;
using System.Text;

namespace Warren.Config.WireGuard;

/// <summary>
/// An INI text as its lines, nothing lost: order, comments, blank lines, repeated and unknown keys, indentation and carriage
/// returns are all there, and <see cref="ToString"/> gives the text back to the character. Immutable.
/// </summary>
public sealed class IniDocument
{
    private IniDocument(IReadOnlyList<IniLine> lines) => Lines = lines;

    /// <summary>Every line, in order. A text that ends with a newline has no empty line after it.</summary>
    public IReadOnlyList<IniLine> Lines { get; }

    /// <summary>Reads any text at all.</summary>
    public static IniDocument Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<IniLine>();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline;
            lines.Add(new IniLine(text[start..end], newline >= 0, lines.Count + 1, start));
            start = end + 1;
        }

        return new IniDocument(lines);
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            text.Append(line.Text);
            if (line.HasNewline)
                text.Append('\n');
        }

        return text.ToString();
    }
}
