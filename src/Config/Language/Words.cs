using System;
using System.Collections.Generic;
using System.Text;

namespace Warren.Config.Language;

/// <summary>A line cut into words: separated by blanks, or in double quotes, in which \n is the end of a line and a backslash takes any other character as it is.</summary>
public sealed class Words
{
    private readonly List<Word> _words = [];

    /// <summary>One word.</summary>
    /// <param name="Text">Without quotes.</param>
    /// <param name="Column">Where it begins, from 1.</param>
    /// <param name="IsQuoted">Whether it stood in quotes.</param>
    public readonly record struct Word(string Text, int Column, bool IsQuoted);

    /// <summary>How many.</summary>
    public int Count => _words.Count;

    /// <summary>Whether the last word's quote was not closed.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>How many blanks the line begins with; a tab reaches to the next multiple of eight.</summary>
    public int Indent { get; private set; }

    /// <summary>One of them.</summary>
    public Word this[int index] => _words[index];

    /// <summary>Cuts a line; what was here before is gone. Known words are handed out as the same string.</summary>
    public void Cut(ReadOnlySpan<char> line, WordTable known)
    {
        ArgumentNullException.ThrowIfNull(known);
        _words.Clear();
        IsUnclosed = false;
        Indent = 0;
        var at = 0;
        for (; at < line.Length && IsBlank(line[at]); at++)
            Indent = line[at] == '\t' ? (Indent | 7) + 1 : Indent + 1;
        while (at < line.Length)
        {
            var start = at;
            if (line[at] == '"')
            {
                _words.Add(new Word(Unquote(line, ref at), start + 1, true));
            }
            else
            {
                while (at < line.Length && !IsBlank(line[at]))
                    at++;
                _words.Add(new Word(known.Take(line[start..at]), start + 1, false));
            }

            while (at < line.Length && IsBlank(line[at]))
                at++;
        }
    }

    /// <summary>A value as it is written: in quotes where it would not be read as one word otherwise.</summary>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isPlain = value.Length > 0 && value[0] is not ('"' or '#');
        foreach (var letter in value)
            isPlain &= !IsBlank(letter) && !char.IsControl(letter);
        if (isPlain)
            return value;
        return $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
    }

    private static bool IsBlank(char letter) => letter is ' ' or '\t' or '\r' or '\u00a0' or '\f' or '\v';

    private string Unquote(ReadOnlySpan<char> line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                at++;
                return text.ToString();
            }

            if (line[at] == '\\' && at + 1 < line.Length)
                text.Append(line[++at] == 'n' ? '\n' : line[at]);
            else
                text.Append(line[at]);
        }

        IsUnclosed = true;
        return text.ToString();
    }
}
