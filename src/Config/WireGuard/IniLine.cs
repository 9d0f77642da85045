using System;
using System.Text;

namespace Warren.Config.WireGuard;

/// <summary>One line of an INI text, as it stands and as it reads. Immutable.</summary>
/// <remarks>
/// Two readers share it. wg deletes all white space of <see cref="Code"/> and compares (<see cref="Squeeze"/>); wg-quick splits at
/// the first '=' (<see cref="Name"/>, <see cref="Value"/>) and gives hooks their '#' back (<see cref="WholeValue"/>).
/// </remarks>
public sealed class IniLine
{
    private readonly Range _name;
    private readonly Range _value;
    private readonly int _codeLength;

    internal IniLine(string text, bool hasNewline, int number, int start)
    {
        Text = text;
        HasNewline = hasNewline;
        Number = number;
        Start = start;
        var end = text.AsSpan().IndexOfAny('#', '\0'); // C's strings, and so wg's lines, end at a NUL.
        _codeLength = end < 0 ? text.Length : end;
        var equals = Code.IndexOf('=');
        var trimmed = Trim(0, _codeLength);
        if (trimmed.Start.Value == trimmed.End.Value)
        {
            Kind = end >= 0 && text[end] == '#' ? IniLineKind.Comment : IniLineKind.Blank;
        }
        else if (text[trimmed.Start] == '[' && text[trimmed.End.Value - 1] == ']')
        {
            Kind = IniLineKind.Section;
            _name = Trim(trimmed.Start.Value + 1, trimmed.End.Value - 1);
        }
        else if (equals >= 0)
        {
            Kind = IniLineKind.Setting;
            _name = Trim(0, equals);
            _value = Trim(equals + 1, _codeLength);
        }
        else
        {
            Kind = IniLineKind.Unknown;
        }
    }

    /// <summary>The line as it stands, without its newline (a carriage return is part of it).</summary>
    public string Text { get; }

    /// <summary>False only for a last line that does not end.</summary>
    public bool HasNewline { get; }

    /// <summary>Line number, from 1.</summary>
    public int Number { get; }

    /// <summary>Offset of the first character in the whole text.</summary>
    public int Start { get; }

    /// <summary>What the line is.</summary>
    public IniLineKind Kind { get; }

    /// <summary>The text before a comment.</summary>
    public ReadOnlySpan<char> Code => Text.AsSpan(0, _codeLength);

    /// <summary>The comment with its '#'; empty when there is none.</summary>
    public ReadOnlySpan<char> Comment => Text.AsSpan(_codeLength);

    /// <summary>A section's name without brackets, or a setting's name: trimmed, in the case it was typed.</summary>
    public string Name => Text[_name];

    /// <summary>A setting's value without a comment, trimmed.</summary>
    public string Value => Text[_value];

    /// <summary>A setting's value with what looks like a comment, trimmed: a hook's '#' is the shell's.</summary>
    public string WholeValue => Kind == IniLineKind.Setting ? Text[Trim(Code.IndexOf('=') + 1, Text.Length)] : "";

    /// <summary>Where the setting's value begins, or the line's first character.</summary>
    public TextPosition Position => new(Number, 1 + (Kind == IniLineKind.Setting ? _value : Trim(0, _codeLength)).Start.Value);

    /// <summary>What wg compares: <see cref="Code"/> without any white space, wherever it is.</summary>
    public string Squeeze() => IniSpace.Squeeze(Code);

    /// <summary>Whether it is a section of that name, in any case.</summary>
    public bool IsSection(string name) => Kind == IniLineKind.Section && Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>Whether it is a setting of that name, in any case.</summary>
    public bool IsSetting(string name) => Kind == IniLineKind.Setting && Ascii.EqualsIgnoreCase(Name, name);

    /// <inheritdoc/>
    public override string ToString() => HasNewline ? Text + "\n" : Text;

    private Range Trim(int from, int to)
    {
        while (from < to && IniSpace.Is(Text[from]))
            from++;
        while (to > from && IniSpace.Is(Text[to - 1]))
            to--;
        return from..to;
    }
}
