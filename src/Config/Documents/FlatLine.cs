using System;
using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Config.WireGuard;

namespace Warren.Config.Documents;

/// <summary>
/// Reads an INI that lost its newlines: "[Interface] Address = … PrivateKey = … [Peer] …". A setting begins at a known name before a '=', and ends
/// where the next one or a section begins; what is left over of it is prose.
/// </summary>
internal static class FlatLine
{
    /// <summary>Whether a line has a section of ours and more than that.</summary>
    internal static bool Has(IniLine line) =>
        line.Kind != IniLineKind.Section && line.Text.Contains('[', StringComparison.Ordinal) && line.Text.Contains('=', StringComparison.Ordinal)
        && (line.Text.Contains("[Interface]", StringComparison.OrdinalIgnoreCase) || line.Text.Contains("[Peer]", StringComparison.OrdinalIgnoreCase));

    /// <summary>The blocks on the line.</summary>
    internal static List<IniBlock> Read(SourceText source, IniLine line)
    {
        var marks = Marks(line.Text);
        var blocks = new List<IniBlock>();
        IniBlock? block = null;
        for (var i = 0; i < marks.Count; i++)
        {
            var mark = marks[i];
            var end = i + 1 < marks.Count ? marks[i + 1].Start : line.Text.Length;
            if (mark.IsSection)
            {
                var name = line.Text[(mark.Start + 1)..(mark.Behind - 1)].Trim();
                if (block is null || name.Equals("Interface", StringComparison.OrdinalIgnoreCase))
                    blocks.Add(block = new IniBlock(true, line.Number) { FirstColumn = mark.Start });
                block.Sections.Add(new IniSection(name, new SourcePosition(source, line.Number, mark.Start + 1), line.Start + mark.Behind));
                continue;
            }

            if (block is null)
                continue;
            var written = Place(source, line, mark.Start, mark.NameEnd);
            var value = Value(Place(source, line, mark.Behind, end).Trim(), written.Text);
            block.Sections[^1].Settings.Add(new IniSetting(written, value));
        }

        blocks.RemoveAll(b => b.Sections.TrueForAll(section => section.Settings.Count == 0));
        return blocks;
    }

    private readonly record struct Mark(int Start, int NameEnd, int Behind, bool IsSection);

    private static List<Mark> Marks(string text)
    {
        var marks = new List<Mark>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[' && SectionEnd(text, i) is var end and > 0)
            {
                marks.Add(new Mark(i, i, end, true));
                i = end - 1;
            }
            else if (text[i] == '=' && Name(text, i) is { Length: > 0 } name && IniWords.Settings.Contains(text[name.Start..name.End]))
            {
                marks.Add(new Mark(name.Start, name.End, i + 1, false));
            }
        }

        return marks;
    }

    private static int SectionEnd(string text, int at)
    {
        foreach (var name in new[] { "[Interface]", "[Peer]" })
        {
            if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return at + name.Length;
        }

        return 0;
    }

    // The word before a '='.
    private static (int Start, int End, int Length) Name(string text, int equals)
    {
        var end = equals;
        while (end > 0 && text[end - 1] is ' ' or '\t' && equals - end < 8)
            end--;
        var start = end;
        while (start > 0 && char.IsAsciiLetter(text[start - 1]) && end - start < 24)
            start--;
        var isWord = start == 0 || text[start - 1] is ' ' or '\t' or ']';
        return isWord ? (start, end, end - start) : default;
    }

    // A list goes on while commas do; a hook to the end; anything else is one word.
    private static Written Value(Written rest, string name)
    {
        if (IniWords.IsHook(name))
            return rest;
        var text = rest.Text;
        var isList = IniWords.IsList(name);
        var end = 0;
        while (end < text.Length)
        {
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            var next = end;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            if (!isList || next == text.Length || (text[end - 1] != ',' && text[next] != ','))
                break;
            end = next;
        }

        return rest.Slice(0, end);
    }

    private static Written Place(SourceText source, IniLine line, int from, int to) =>
        new(line.Text[from..to], new SourcePosition(source, line.Number, from + 1), line.Start + from);
}
