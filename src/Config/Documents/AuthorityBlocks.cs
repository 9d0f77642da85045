using System;
using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Config.WireGuard;

namespace Warren.Config.Documents;

/// <summary>
/// Finds the blocks of the authority language in a text and reads them, in their order, into one tree. In prose a block begins with a line
/// <c>config</c> above one that begins with <c>authority</c>, and ends with the <c>exit</c> that stands as far left as it.
/// </summary>
internal static class AuthorityBlocks
{
    /// <summary>Whether a whole file is in that language: its first word says so.</summary>
    internal static bool IsFile(IniDocument lines)
    {
        foreach (var line in lines.Lines)
        {
            var text = line.Text.AsSpan().TrimStart('\ufeff').Trim();
            if (text.Length > 0 && text[0] != '#')
                return text is "config" or "authority" || text.StartsWith("config authority") || text.StartsWith("authority ");
        }

        return false;
    }

    /// <summary>Reads them; null when there are none.</summary>
    internal static ConfigNode? Read(SourceText source, IniDocument lines, bool isFile, List<Remark> remarks)
    {
        NodeBuilder? root = null;
        WordTable? table = null;
        foreach (var (first, last) in isFile ? [(0, lines.Lines.Count - 1)] : Find(lines))
        {
            root ??= new NodeBuilder(Authority.Schema, "", default);
            table ??= new WordTable();
            var reader = new ConfigReader(root, ReadMode.Whole, source, finding => remarks.Add(new Remark(finding, EditOf(lines, finding, first, last))), table: table);
            for (var i = first; i <= last; i++)
                reader.Read(lines.Lines[i].Text.AsSpan().TrimEnd('\r'), i + 1);
            reader.Finish();
        }

        return root?.ToNode();
    }

    /// <summary>First and last line of each block, from 0.</summary>
    internal static IEnumerable<(int First, int Last)> Find(IniDocument lines)
    {
        for (var i = 0; i + 1 < lines.Lines.Count; i++)
        {
            if (lines.Lines[i].Text.AsSpan().Trim() is not "config" || !BeginsAuthority(lines, i + 1))
                continue;
            var last = End(lines, i);
            yield return (i, last);
            i = last;
        }
    }

    private static bool BeginsAuthority(IniDocument lines, int at)
    {
        while (at < lines.Lines.Count && lines.Lines[at].Text.AsSpan().Trim().Length == 0)
            at++;
        return at < lines.Lines.Count && FirstWord(lines.Lines[at].Text) is "authority";
    }

    private static int End(IniDocument lines, int first)
    {
        var indent = Indent(lines.Lines[first].Text);
        var isIndented = Indent(lines.Lines[first + 1].Text) > indent;
        var lastExit = first;
        for (var i = first + 1; i < lines.Lines.Count; i++)
        {
            var text = lines.Lines[i].Text;
            var word = FirstWord(text);
            if (word is ['`', '`', '`', ..] or ['~', '~', '~', ..])
                return i - 1;
            if (word is "exit")
                lastExit = i;
            else if (word is "config" && (!isIndented || Indent(text) == indent))
                return Math.Max(lastExit, first + 1);

            // Without indentation nothing tells which exit is the last, but a sentence behind an exit does.
            else if (!isIndented && lastExit == i - 2 && lines.Lines[i - 1].Text.AsSpan().Trim().Length == 0 && text.AsSpan().TrimEnd() is [.., '.' or ':' or ','])
                return lastExit;
            if (isIndented && word is "exit" && Indent(text) <= indent)
                return i;
        }

        return lines.Lines.Count - 1;
    }

    private static ReadOnlySpan<char> FirstWord(string line)
    {
        var text = line.AsSpan().Trim();
        var end = text.IndexOfAny(' ', '\t');
        return end < 0 ? text : text[..end];
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    // An exit too early goes from where it is to the end of the block.
    private static TextEdit? EditOf(IniDocument lines, Finding finding, int first, int last)
    {
        var early = finding.Other.Line - 1;
        if (finding.Rule != "exit-too-many" || finding.Other.Source is not { } source || early <= first || early >= last)
            return null;
        var start = lines.Lines[early].Start;
        var behind = lines.Lines[early + 1].Start;
        var end = lines.Lines[last].Start + lines.Lines[last].Text.Length;
        return new TextEdit(source, start, end - start, $"{source.Text[behind..end]}\n{new string(' ', Indent(lines.Lines[first].Text))}exit");
    }
}
