using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Warren.Config.Language;

namespace Warren.Cli.Shell;

/// <summary>
/// A line of a raw terminal: arrows, Ctrl-A, -B, -E, -F, -K, -L, -N, -P, -R, -U, -W, Home, End, Delete, Tab and '?'. Long lines wrap at any width; what is pasted is handed out
/// whole. Bytes in, bytes out: it knows no terminal.
/// </summary>
/// <param name="input">Keys, UTF-8.</param>
/// <param name="output">The screen.</param>
/// <param name="columns">How wide it is, asked for anew at each line that is drawn.</param>
internal sealed class LineEditor(Stream input, TextWriter output, Func<int> columns)
{
    private const char Escape = '\u001b';

    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _prompt = "";
    private int _cursor;
    private int _row;

    /// <summary>What may follow a line, for Tab.</summary>
    internal Func<string, IReadOnlyList<ConfigCompletion.Choice>> Complete { get; init; } = static _ => [];

    /// <summary>What '?' says of a line.</summary>
    internal Func<string, string> Help { get; init; } = static _ => "";

    /// <summary>Reads a line.</summary>
    internal (LineEnd End, string Text) Read(string prompt, bool keeps = true)
    {
        _prompt = prompt;
        _line.Clear();
        (_cursor, _row) = (0, 0);
        var at = _history.Count;
        Draw();
        while (true)
        {
            switch (Key())
            {
                case -1 or 4 when _line.Length == 0:
                    Finish();
                    return (LineEnd.End, "");
                case -1:
                    Finish();
                    return (LineEnd.Enter, _line.ToString());
                case '\r' or '\n':
                    Finish();
                    return (LineEnd.Enter, Keep(keeps));
                case 3:
                    Finish();
                    return (LineEnd.Interrupt, "");
                case 26:
                    Finish();
                    return (LineEnd.Suspend, Keep(keeps));
                case 1:
                    Move(0);
                    break;
                case 5:
                    Move(_line.Length);
                    break;
                case 2:
                    Move(_cursor - 1);
                    break;
                case 6:
                    Move(_cursor + 1);
                    break;
                case 4:
                    Remove(_cursor, _cursor + 1);
                    break;
                case 8 or 127:
                    Remove(_cursor - 1, _cursor);
                    break;
                case 11:
                    Remove(_cursor, _line.Length);
                    break;
                case 21:
                    Remove(0, _cursor);
                    break;
                case 23:
                    Remove(WordStart(withBlanks: true), _cursor);
                    break;
                case 12:
                    output.Write($"{Escape}[H{Escape}[J");
                    _row = 0;
                    Draw();
                    break;
                case 16:
                    at = Recall(at, -1);
                    break;
                case 14:
                    at = Recall(at, 1);
                    break;
                case 18:
                    Search();
                    break;
                case '\t':
                    Tab();
                    break;
                case '?' when _line.ToString(0, _cursor).Count(letter => letter == '"') % 2 == 0:
                    Below(Help(_line.ToString(0, _cursor)).TrimEnd('\n'));
                    break;
                case Escape:
                    if (Sequence(ref at) is { } pasted)
                    {
                        Finish();
                        return (LineEnd.Paste, _line + pasted);
                    }

                    break;
                case var key when key >= ' ':
                    Insert(Rune(key));
                    break;
            }
        }
    }

    private int Key() => input.ReadByte();

    // The rest of a character of UTF-8.
    private string Rune(int first)
    {
        var length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = (byte)first;
        for (var i = 1; i < length; i++)
            bytes[i] = (byte)Math.Max(0, Key());
        return Encoding.UTF8.GetString(bytes[..length]);
    }

    private string Keep(bool keeps)
    {
        var line = _line.ToString();
        if (keeps && line.Trim().Length > 0 && (_history.Count == 0 || _history[^1] != line))
            _history.Add(line);
        return line;
    }

    // What a terminal sends for keys without a character; the text between 200~ and 201~ is pasted.
    private string? Sequence(ref int at)
    {
        var kind = Key();
        if (kind is not ('[' or 'O'))
            return null;
        var parameters = new StringBuilder();
        int final;
        while ((final = Key()) is >= '0' and <= '9' or ';')
            parameters.Append((char)final);
        switch (final)
        {
            case 'A':
                at = Recall(at, -1);
                break;
            case 'B':
                at = Recall(at, 1);
                break;
            case 'C':
                Move(_cursor + 1);
                break;
            case 'D':
                Move(_cursor - 1);
                break;
            case 'H':
                Move(0);
                break;
            case 'F':
                Move(_line.Length);
                break;
            case '~':
                return Tilde(parameters.ToString());
        }

        return null;
    }

    private string? Tilde(string number)
    {
        switch (number)
        {
            case "1" or "7":
                Move(0);
                break;
            case "4" or "8":
                Move(_line.Length);
                break;
            case "3":
                Remove(_cursor, _cursor + 1);
                break;
            case "200":
                var pasted = Pasted();
                if (pasted.AsSpan().IndexOfAny('\r', '\n') >= 0)
                    return pasted;
                Insert(pasted);
                break;
        }

        return null;
    }

    private string Pasted()
    {
        const string end = "\u001b[201~";
        var bytes = new List<byte>();
        while (Key() is var key and >= 0)
        {
            bytes.Add((byte)key);
            if (key == '~' && bytes.Count >= end.Length && bytes.TakeLast(end.Length).SequenceEqual(Encoding.ASCII.GetBytes(end)))
            {
                bytes.RemoveRange(bytes.Count - end.Length, end.Length);
                break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private int Recall(int at, int step)
    {
        var to = Math.Clamp(at + step, 0, _history.Count);
        if (to == at)
            return at;
        _line.Clear().Append(to < _history.Count ? _history[to] : "");
        _cursor = _line.Length;
        Draw();
        return to;
    }

    // Ctrl-R: letters narrow the search, Ctrl-R again goes further back, any other key takes what is found.
    private void Search()
    {
        var (kept, wanted, back) = (_prompt, "", 0);
        while (true)
        {
            var found = _history.AsEnumerable().Reverse().Where(line => line.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ElementAtOrDefault(back) ?? "";
            _prompt = $"(search \"{wanted}\") ";
            _line.Clear().Append(found);
            _cursor = _line.Length;
            Draw();
            var key = Key();
            if (key == 18)
                back++;
            else if (key is 8 or 127)
                (wanted, back) = (wanted.Length > 0 ? wanted[..^1] : "", 0);
            else if (key >= ' ')
                (wanted, back) = (wanted + Rune(key), 0);
            else
                break;
        }

        _prompt = kept;
        Draw();
    }

    private void Tab()
    {
        var before = _line.ToString(0, _cursor);
        var begun = before[WordStart()..];
        var choices = Complete(before);
        string[] words = [.. choices.Where(choice => !choice.IsPlaceholder).Select(choice => choice.Text)];
        if (words.Length == 0)
        {
            if (choices.Count > 0)
                Below(string.Join('\n', choices.Select(choice => $"{choice.Text}  {choice.Summary}")));
            return;
        }

        var common = words.Aggregate((left, right) => left[..left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count()]);
        if (words.Length == 1)
            common = Words.Quote(common) + " ";
        if (common.Length > begun.Length)
        {
            _line.Remove(_cursor - begun.Length, begun.Length).Insert(_cursor - begun.Length, common);
            _cursor += common.Length - begun.Length;
            Draw();
            return;
        }

        Below(InColumns(words));
    }

    private string InColumns(string[] words)
    {
        var width = Math.Min(columns() - 1, words.Max(word => word.Length) + 2);
        var perLine = Math.Max(1, (columns() - 1) / width);
        return string.Join('\n', words.Chunk(perLine).Select(line => string.Concat(line.Select(word => word.PadRight(width))).TrimEnd()));
    }

    private int WordStart(bool withBlanks = false)
    {
        var at = _cursor;
        while (withBlanks && at > 0 && _line[at - 1] == ' ')
            at--;
        while (at > 0 && _line[at - 1] != ' ')
            at--;
        return at;
    }

    private void Insert(string text)
    {
        _line.Insert(_cursor, text);
        _cursor += text.Length;
        Draw();
    }

    private void Move(int to)
    {
        _cursor = Math.Clamp(to, 0, _line.Length);
        Draw();
    }

    private void Remove(int from, int to)
    {
        from = Math.Max(0, from);
        to = Math.Min(_line.Length, to);
        if (from >= to)
            return;
        _line.Remove(from, to - from);
        _cursor = from;
        Draw();
    }

    // Below the line, then the line again.
    private void Below(string text)
    {
        var kept = _cursor;
        _cursor = _line.Length;
        Draw();
        output.Write("\r\n" + text.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");
        (_row, _cursor) = (0, kept);
        Draw();
    }

    private void Finish()
    {
        _cursor = _line.Length;
        Draw();
        output.Write("\r\n");
        output.Flush();
    }

    // From the line's first row on, everything anew; the cursor last.
    private void Draw()
    {
        var width = Math.Max(2, columns());
        var text = new StringBuilder();
        if (_row > 0)
            text.Append($"{Escape}[{_row}A");
        text.Append('\r').Append(_prompt).Append(_line);
        var total = _prompt.Length + _line.Length;

        // A row that is just full leaves the cursor at its end: the next one is begun. What was longer before is cleared last.
        if (total > 0 && total % width == 0)
            text.Append("\r\n");
        text.Append(Escape).Append("[J");
        var (row, column) = Math.DivRem(_prompt.Length + _cursor, width);
        if (total / width > row)
            text.Append($"{Escape}[{(total / width) - row}A");
        text.Append('\r');
        if (column > 0)
            text.Append($"{Escape}[{column}C");
        _row = row;
        output.Write(text.ToString());
        output.Flush();
    }
}
