using System;
using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Config.WireGuard;

namespace Warren.Config.Documents;

/// <summary>Finds the INI blocks of a text: of a file all of it, of prose those parts that are settings.</summary>
internal sealed class IniScanner
{
    private readonly SourceText _source;
    private readonly bool _isFile;
    private IniBlock? _block;
    private string? _comment;
    private int _commentLine;

    private IniScanner(SourceText source, IniDocument lines, bool isFile) => (_source, Lines, _isFile) = (source, lines, isFile);

    /// <summary>The lines of the text.</summary>
    internal IniDocument Lines { get; }

    /// <summary>The blocks, in the order of the text.</summary>
    internal List<IniBlock> Blocks { get; } = [];

    /// <summary>Lines of a file that are neither section, setting, comment nor blank; or settings before any section.</summary>
    internal List<IniLine> Strays { get; } = [];

    /// <summary>Whether anything stands outside of the blocks.</summary>
    internal bool HasProse { get; private set; }

    /// <summary>Scans a text.</summary>
    internal static IniScanner Scan(SourceText source, IniDocument lines, bool isFile)
    {
        var scanner = new IniScanner(source, lines, isFile);
        foreach (var line in lines.Lines)
            scanner.Take(line);
        return scanner;
    }

    private void Take(IniLine line)
    {
        if (!_isFile && FlatLine.Has(line))
        {
            TakeFlat(line);
            return;
        }

        if (line.Text.AsSpan().TrimStart().StartsWith(';'))
            return; // A comment of NetworkManager and networkd.
        switch (line.Kind)
        {
            case IniLineKind.Section when _block is not null || _isFile || IniWords.Openings.Contains(line.Name):
                Open(line);
                break;
            case IniLineKind.Setting when _block is not null && (_isFile || IsName(line.Name)):
                _block.Sections[^1].Settings.Add(Setting(line));
                _block.LastLine = line.Number;
                break;
            case IniLineKind.Comment:
                TakeComment(line);
                break;
            case IniLineKind.Blank:
                break;
            default:
                HasProse = true;
                if (_isFile)
                    Strays.Add(line);
                else
                    _block = null;
                break;
        }
    }

    private void TakeFlat(IniLine line)
    {
        var found = FlatLine.Read(_source, line);
        HasProse |= found.Count == 0;
        foreach (var block in found)
        {
            HasProse |= block.FirstColumn > 0 && line.Text.AsSpan(0, block.FirstColumn).ContainsAnyExcept(' ', '\t') && ReferenceEquals(block, found[0]);

            // A peer on a line of its own belongs to the interface on the line before.
            if (!block.Sections[0].Is("Interface") && Blocks.Count > 0 && Blocks[^1].LastLine >= line.Number - 1)
            {
                Blocks[^1].Sections.AddRange(block.Sections);
                Blocks[^1].LastLine = line.Number;
            }
            else
            {
                Blocks.Add(block);
            }
        }

        _block = null;
    }

    private void Open(IniLine line)
    {
        // A second interface is another host's: files of several were put together.
        if (_block is null || (_block.Has("Interface") && line.IsSection("Interface")) || (_block.Has("NetDev") && line.IsSection("NetDev")))
            Blocks.Add(_block = new IniBlock(false, line.Number));
        var code = line.Text.TrimEnd();
        var section = new IniSection(line.Name, new SourcePosition(_source, line.Number, line.Position.Column), line.Start + code.Length);
        section.Comment = Label(line.Comment) ?? (_commentLine > 0 && line.Number - _commentLine <= 1 ? _comment : null);
        _block.Sections.Add(section);
        _block.LastLine = line.Number;
    }

    private void TakeComment(IniLine line)
    {
        var label = Label(line.Comment);
        if (_block is { } block && block.Sections[^1] is { Settings.Count: 0, Comment: null } section)
            section.Comment = label;
        (_comment, _commentLine) = (label, line.Number);
    }

    private IniSetting Setting(IniLine line)
    {
        var equals = line.Text.IndexOf('=', StringComparison.Ordinal);
        var name = Place(line, 0, equals).Trim();
        var isWhole = IniWords.IsHook(name.Text) || !_block!.Sections[^1].Is("Interface") && !_block.Sections[^1].Is("Peer");
        var end = isWhole ? line.Text.Length : Math.Max(line.Code.Length, equals + 1);
        return new IniSetting(name, Place(line, equals + 1, end).Trim());
    }

    private Written Place(IniLine line, int from, int to) =>
        new(line.Text[from..to], new SourcePosition(_source, line.Number, from + 1), line.Start + from);

    private static bool IsName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
                return false;
        }

        return name.Length is > 0 and < 64;
    }

    // A comment that names something: a few words, never a setting that was commented out (which may be a key).
    private static string? Label(ReadOnlySpan<char> comment)
    {
        var text = comment.TrimStart("#; \t-=").TrimEnd("#:; \t\r-=");
        return text.Length is 0 or > 40 || text.Contains('=') || text.Count(' ') > 4 ? null : text.ToString();
    }
}
