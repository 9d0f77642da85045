using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Warren.Config.Language;

/// <summary>
/// Reads the text form of a configuration, native or flat, line by line, into a tree. Indentation means nothing; <c>exit</c> closes. What cannot be read is reported,
/// with its most likely cause, and left out; everything else goes in.
/// </summary>
/// <remarks>
/// The language is that of facts A3. One line may go several levels down (<c>router r1 node n1</c>): it opens one block, and one exit leaves all of it.
/// Cause before symptom: a word that stands in the wrong place because an exit too many closed its block is read as if that exit were not there.
/// </remarks>
public sealed class ConfigReader
{
    /// <summary>What stands in output instead of a secret; read back it means "unchanged".</summary>
    public const string Mask = "********";

    private readonly ReadMode _mode;
    private readonly Action<Finding> _report;
    private readonly SourceText? _source;
    private readonly Words _words = new();
    private readonly WordTable _table;
    private readonly NodeBuilder _root;
    private readonly List<Frame> _frames = [];
    private readonly List<string> _comments = [];
    private readonly ConfigPath _rootPath;
    private readonly int _contextDepth;
    private int _line;
    private int _exitsTooMany;
    private bool _hasRoot;
    private int _closedAt;
    private Frame? _lastClosed;
    private bool _toldTooMany;

    // Inside of what is left out, or kept as it is: until the exit at this indentation.
    private int _skipped = -1;
    private bool _hasSkipped;
    private OpaqueText? _opaque;

    /// <summary>Begins.</summary>
    /// <param name="root">Into what it reads: the authority.</param>
    /// <param name="mode">How lenient.</param>
    /// <param name="source">The text, for positions; null for what is typed.</param>
    /// <param name="report">Takes each finding.</param>
    /// <param name="context">The menu in which lines are typed; null for the top.</param>
    /// <param name="table">Words kept once, to be shared by readers of many files.</param>
    public ConfigReader(
        NodeBuilder root, ReadMode mode, SourceText? source, Action<Finding> report, ConfigPath? context = null, WordTable? table = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        (_root, _mode, _source, _report, _table) = (root, mode, source, report, table ?? new WordTable());
        _rootPath = ConfigPath.Root(root.Schema);
        if (context is null)
            return;
        var frame = new Frame(null, root, _rootPath, 0, 0);
        _frames.Add(frame);
        foreach (var step in context.Steps.Skip(1))
        {
            frame = new Frame(frame, frame.Block.Open((BlockSchema)step.Schema, step.Key, default), frame.Path.Then(step.Schema, step.Key), 0, 0);
            _frames.Add(frame);
        }

        _contextDepth = _frames.Count;
        _hasRoot = true;
    }

    /// <summary>The path of the innermost open block; null at the top.</summary>
    public ConfigPath? Current => _frames.Count == 0 ? null : _frames[^1].Path;

    /// <summary>The innermost open block; null at the top.</summary>
    public NodeBuilder? CurrentBlock => _frames.Count == 0 ? null : _frames[^1].Block;

    /// <summary>How many blocks lines of this reader opened and have not closed.</summary>
    public int OpenBlocks => _frames.Count - _contextDepth;

    private Frame Top => _frames[^1];

    /// <summary>Reads all of a text.</summary>
    public void ReadAll()
    {
        var rest = (_source ?? throw new InvalidOperationException("there is no source")).Text.AsSpan();
        while (true)
        {
            var end = rest.IndexOf('\n');
            Read(end < 0 ? rest : rest[..end], _line + 1);
            if (end < 0)
                break;
            rest = rest[(end + 1)..];
        }

        Finish();
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="number">Which it is, from 1.</param>
    public void Read(ReadOnlySpan<char> line, int number)
    {
        _line = number;
        if (number == 1 && line.Length > 0 && line[0] == '\ufeff')
            line = line[1..];
        if (line.TrimStart() is ['#', ..] comment)
        {
            if (_opaque is null && _skipped < 0)
                _comments.Add(comment.TrimEnd().ToString());
            return;
        }

        _words.Cut(line, _table);
        if (_words.Count == 0 || Skips(line))
            return;
        if (_words.IsUnclosed)
        {
            Report("unclosed-quote", $"the quote that begins in column {_words[^1].Column} is not closed on its line", 0, _words.Count - 1, "end it with \"");
            return;
        }

        ReadWords();
        if (_words.Count > 0)
            _comments.Clear();
    }

    /// <summary>Says what is still open at the end.</summary>
    public void Finish()
    {
        _opaque?.End();
        var open = OpenBlocks;
        if (open == 0 || open <= _exitsTooMany || (open == 1 && Top.IsWholePath))
            return;
        var missing = _frames.Count - _contextDepth - _exitsTooMany;
        var frame = _frames[^1];
        _report(new Finding("exit-missing", _mode == ReadMode.Whole ? Severity.Error : Severity.Warning,
            $"the text ends with {Count(missing, "block")} open; the innermost is {frame.Path.Last}, opened on line {frame.OpenedOn}")
        {
            Path = frame.Path,
            Position = At(frame.OpenedOn, frame.Column),
            Fix = $"end the text with {Count(missing, "more exit")}",
        });
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    // True when the line lies inside of what is left out or kept as it is.
    private bool Skips(ReadOnlySpan<char> line)
    {
        if (_opaque is { } opaque)
        {
            if (!opaque.Takes(line, _words))
                return false;
            if (opaque.HasEnded)
                _opaque = null;
            return true;
        }

        if (_skipped < 0)
            return false;
        if (_words.Indent > _skipped)
            return _hasSkipped = true;
        var isItsExit = _hasSkipped && _words.Indent == _skipped && IsExit();
        (_skipped, _hasSkipped) = (-1, false);
        return isItsExit;
    }

    private bool IsExit() => _words.Count == 1 && _words[0] is { Text: "exit", IsQuoted: false };

    private void ReadWords()
    {
        var at = 0;
        if (_words[0].Text is "config" or "configure" && !(_frames.Count > 0 && Top.Block.Schema.Find(_words[0].Text) is not null))
        {
            if (_frames.Count > _contextDepth && !(_frames.Count == _contextDepth + 1 && Top.IsWholePath))
            {
                // A block that begins anew: the one before it was cut short.
                Report("exit-missing", $"a new configuration begins while {Top.Path.Last} of line {Top.OpenedOn} is open", 0, 0, "close it with exit");
            }

            _frames.RemoveRange(_contextDepth, _frames.Count - _contextDepth);
            (_hasRoot, _toldTooMany, _lastClosed, _exitsTooMany) = (false, false, null, 0);
            if (_words.Count == 1)
            {
                _hasRoot = true;
                KeepComments(_root);
                return;
            }

            at = 1;
        }

        if (IsExit())
        {
            Exit();
            return;
        }

        if (_frames.Count == 0 || at > 0)
        {
            ReadFromTop(at);
            return;
        }

        if (_words[at].Text == "delete")
            Delete(Top, at + 1);
        else
            Descend(Top, at);
    }

    private void ReadFromTop(int at)
    {
        if (_words[at].Text == _root.Schema.Name || (_mode == ReadMode.Typed && IsPrefixOfRoot(_words[at].Text)))
        {
            if (at + 1 == _words.Count)
            {
                Push(null, _root, _rootPath);
                KeepComments(_root);
            }
            else
                Descend(new Frame(null, _root, _rootPath, _line, 1), at + 1);
        }
        else if (_words[at].Text == "delete")
        {
            Delete(new Frame(null, _root, _rootPath, _line, 1), at + 1);
        }
        else if (at == 0 && _lastClosed is not null && _hasRoot && Reopens(at))
        {
            Descend(Top, at);
        }
        else if (_root.Schema.Find(_words[at].Text) is not null)
        {
            // The authority need not be said.
            Descend(new Frame(null, _root, _rootPath, _line, 1), at);
        }
        else
        {
            Unknown(null, at);
        }
    }

    private bool IsPrefixOfRoot(string word) => word.Length > 0 && _root.Schema.Name.StartsWith(word, StringComparison.Ordinal) && _root.Schema.FindPrefix(word).Count == 0;

    private void Exit()
    {
        if (_frames.Count > _contextDepth)
        {
            var closed = Top;
            KeepComments(closed.Block);
            _frames.RemoveAt(_frames.Count - 1);
            closed.ClosedOn = _line;
            if (_frames.Count > 0)
                Top.LastClosed = closed;
            _lastClosed = closed;
            _closedAt = _line;
            return;
        }

        if (_hasRoot || _contextDepth > 0)
        {
            // Closes "config" itself, or the menu.
            _hasRoot = false;
            _closedAt = _line;
            return;
        }

        if (_exitsTooMany > 0)
        {
            _exitsTooMany--;
            return;
        }

        if (_toldTooMany)
            return;
        _toldTooMany = true;
        Report("exit-too-many", _closedAt > 0 ? $"this exit closes nothing: everything was closed on line {_closedAt}" : "this exit closes nothing: no block is open",
            0, 0, "delete the line, or look above for a block that an exit closed too early", Severity.Warning);
    }

    // From a block, as many words as say the way, then a value or the opening of a block.
    private void Descend(Frame from, int at)
    {
        var (block, path) = (from.Block, from.Path);
        if (at < _words.Count && _words[at].Text == "delete" && block.Schema.Find("delete") is null)
        {
            Delete(from, at + 1);
            return;
        }

        // Nothing is written before the whole line is understood: a line that fails leaves nothing behind.
        var schema = block.Schema;
        var opens = new List<Opening>();
        while (true)
        {
            var word = _words[at];
            var child = Resolve(schema, word.Text, at, path);
            if (child is null)
            {
                // Taken away: it was told already.
                if (_words.Count == 0)
                    return;
                if (!word.IsQuoted && opens.Count == 0 && Recovers(at))
                    Resume(at);
                else if (word.Text.Length > 0)
                    Unknown(path, at);
                return;
            }

            at++;
            if (child is LeafSchema leaf)
            {
                if (CanSet(path, leaf, at))
                    SetLeaf(Open(block, opens), path, leaf, at);
                return;
            }

            var list = (BlockSchema)child;
            if (!TryReadKeys(list, path, ref at, out var key, out var values))
                return;
            path = path.Then(list, key);
            opens.Add(new Opening(list, key, values, At(_line, word.Column)));
            schema = list;
            if (at == _words.Count)
            {
                block = Open(block, opens);
                Push(_frames.Count > 0 ? Top : null, block, path);
                Top.IsWholePath = from.Parent is null && from.Path.Depth == 1 && _words[0].Text is ("config" or "configure");
                KeepComments(block);
                if (list.IsOpaque)
                    _opaque = new OpaqueText(this, block, list, _words.Indent);
                return;
            }
        }
    }

    private static NodeBuilder Open(NodeBuilder block, List<Opening> opens)
    {
        foreach (var (list, key, values, position) in opens)
        {
            block = block.Open(list, key, position);
            for (var i = 0; i < list.Keys.Count; i++)
                block.Set(list.Keys[i], values[i].Text, values[i].Value, position);
        }

        return block;
    }

    private ElementSchema? Resolve(BlockSchema block, string word, int at, ConfigPath path)
    {
        if (block.Find(word) is { } child || _mode != ReadMode.Typed || word.Length == 0)
            return block.Find(word);
        var meant = block.FindPrefix(word);
        if (meant.Count == 1)
            return meant[0];
        if (meant.Count > 1)
        {
            Report("ambiguous-word", $"\"{word}\" may be {string.Join(", ", meant.Select(m => m.Name))}", path, at, "type more of it");
            _words.Cut("", _table);
        }

        return null;
    }

    private bool TryReadKeys(BlockSchema list, ConfigPath path, ref int at, out string key, out (string Text, object Value)[] values)
    {
        key = "";
        values = list.Keys.Count == 0 ? [] : new (string, object)[list.Keys.Count];
        for (var i = 0; i < list.Keys.Count; i++, at++)
        {
            var leaf = list.Keys[i];
            if (at >= _words.Count)
            {
                Report("key-missing", $"{list.Name} needs its {leaf.Name}: {leaf.Type.Description}", path, at - 1, $"write {list.Name} <{leaf.Name}>");
                SkipBlock();
                return false;
            }

            if (!leaf.Type.TryRead(_words[at].Text, out var value, out var canonical, out var problem))
            {
                Report("bad-key", $"{list.Name} {leaf.Name}: {problem}", path, at, null);
                SkipBlock();
                return false;
            }

            values[i] = (_table.Take(canonical), value);
            key = i == 0 ? values[i].Text : $"{key} {values[i].Text}";
        }

        return true;
    }

    // Whether all values that follow can be read; what cannot is told.
    private bool CanSet(ConfigPath path, LeafSchema leaf, int at)
    {
        for (var i = at; i < _words.Count && !leaf.IsPresence; i++)
        {
            if ((leaf.IsSecret && _words[i].Text == Mask) || leaf.Type.TryRead(_words[i].Text, out _, out _, out var problem))
                continue;
            Report("bad-value", $"{leaf.Name}: {problem}", path.Then(leaf), i, null);
            return false;
        }

        return true;
    }

    private void SetLeaf(NodeBuilder block, ConfigPath path, LeafSchema leaf, int at)
    {
        var name = at - 1;
        if (leaf.IsPresence)
        {
            if (at < _words.Count)
                Report("no-value", $"{leaf.Name} takes no value", path.Then(leaf), at, $"write {leaf.Name} alone");
            else
                block.Set(leaf, "", true, At(_line, _words[name].Column), TakeComments());
            return;
        }

        if (at >= _words.Count)
        {
            Report("value-missing", $"{leaf.Name} needs a value: {leaf.Type.Description}", path.Then(leaf), name, $"write {leaf.Name} <{leaf.Type.Name}>");
            return;
        }

        for (var i = at; i < _words.Count; i++)
        {
            if (i > at && !leaf.IsList)
            {
                Report("too-many-words", $"{leaf.Name} has one value; \"{Short(_words[i].Text)}\" is left over", path.Then(leaf), i,
                    leaf.Type == TextType.Any ? $"put the whole value in quotes" : null);
                return;
            }
        }

        for (var i = at; i < _words.Count; i++)
            SetValue(block, path, leaf, i);
    }

    private void SetValue(NodeBuilder block, ConfigPath path, LeafSchema leaf, int at)
    {
        var text = _words[at].Text;
        if (leaf.IsSecret && text == Mask)
        {
            if (!block.Has(leaf))
                Report("masked-secret", $"{leaf.Name} is masked, and there is none to keep", path.Then(leaf), at, "write the secret itself");
            return;
        }

        if (!leaf.Type.TryRead(text, out var value, out var canonical, out _))
            return;
        if (block.Schema.Keys.Contains(leaf) && block.Leaf(leaf) is { } key && key.Text != canonical)
        {
            Report("key-differs", $"{leaf.Name} is {canonical} inside of {path.Last}: an entry is known by its key, which cannot be changed in it", path.Then(leaf), at,
                $"write {leaf.Name} {key.Text}, or begin with {block.Schema.Name} {canonical}");
            return;
        }

        if (leaf.Type.Remark(text, value) is { } remark)
            Report("host-bits", $"{leaf.Name}: {remark}", path.Then(leaf), at, $"write {canonical}", Severity.Warning);
        block.Set(leaf, ReferenceEquals(canonical, text) ? text : _table.Take(canonical), value, At(_line, _words[at].Column), TakeComments());
    }

    private void KeepComments(NodeBuilder block)
    {
        if (_comments.Count > 0)
            block.Comment(_comments);
        _comments.Clear();
    }

    private string[]? TakeComments()
    {
        if (_comments.Count == 0)
            return null;
        string[] taken = [.. _comments];
        _comments.Clear();
        return taken;
    }

    // delete ELEMENT [KEY…] and delete [force] in either place, as the router's own differences write it.
    private void Delete(Frame from, int at)
    {
        var (block, path) = (from.Block, from.Path);
        var isFirst = true;
        while (true)
        {
            while (at < _words.Count && _words[at].Text == "force")
                at++;
            if (at >= _words.Count)
            {
                if (isFirst)
                    Report("value-missing", "delete what?", path, at - 1, "write delete <element> [<key>]");
                return;
            }

            isFirst = false;
            if (Resolve(block.Schema, _words[at].Text, at, path) is not { } child)
            {
                if (_words.Count > 0)
                    Unknown(path, at);
                return;
            }

            var named = at;
            at++;
            while (at < _words.Count && _words[at].Text == "force")
                at++;
            if (child is LeafSchema leaf)
            {
                DeleteLeaf(block, path, leaf, at, named);
                return;
            }

            var list = (BlockSchema)child;
            if (list.IsList && at >= _words.Count)
            {
                Report("key-missing", $"which {list.Name} is to be deleted?", path, named, $"write delete {list.Name} <{list.Keys[0].Name}>");
                return;
            }

            if (!TryReadKeys(list, path, ref at, out var key, out _))
                return;
            if (!block.Has(list, key))
            {
                Report("nothing-to-delete", $"there is no {list.Name}{(key.Length > 0 ? " " + key : "")} here", path, named, null, Severity.Warning);
                return;
            }

            if (at >= _words.Count)
            {
                block.Remove(list, key);
                return;
            }

            path = path.Then(list, key);
            block = block.Open(list, key, default);
        }
    }

    private void DeleteLeaf(NodeBuilder block, ConfigPath path, LeafSchema leaf, int at, int named)
    {
        if (block.Schema.Keys.Contains(leaf))
        {
            Report("key-differs", $"{leaf.Name} is the key of {path.Last}", path.Then(leaf), named, $"delete the whole {block.Schema.Name}");
            return;
        }

        var isThere = at < _words.Count && leaf.IsList
            ? leaf.Type.TryRead(_words[at].Text, out _, out var canonical, out _) && block.Remove(leaf, canonical)
            : leaf.IsList ? block.RemoveAll(leaf) > 0 : block.Remove(leaf);
        if (!isThere)
            Report("nothing-to-delete", $"there is no such {leaf.Name} here", path, named, null, Severity.Warning);
    }

    // The word does not belong here. Was its block closed too early, or one before it not at all?
    private bool Recovers(int at)
    {
        var word = _words[at].Text;
        if (Reopens(at))
            return true;
        for (var i = _frames.Count - 2; i >= 0; i--)
        {
            if (_frames[i].Block.Schema.Find(word) is not BlockSchema || i < _contextDepth - 1)
                continue;
            var unclosed = Top;
            Report("exit-missing",
                $"{word} belongs in {Describe(_frames[i].Path)}; {unclosed.Path.Last}, opened on line {unclosed.OpenedOn}, is not closed before it", unclosed.Path, at,
                $"write {Count(_frames.Count - 1 - i, "exit")} before this line");
            _frames.RemoveRange(i + 1, _frames.Count - 1 - i);
            return true;
        }

        // The authority was not said, and is around all the same.
        if (_contextDepth > 0 || _frames.Count == 0 || _frames[0].Path.Depth == 1 || _root.Schema.Find(word) is not BlockSchema)
            return false;
        Report("exit-missing", $"{word} belongs in the authority; {Top.Path.Last}, opened on line {Top.OpenedOn}, is not closed before it", Top.Path, at,
            $"write {Count(_frames.Count, "exit")} before this line");
        _frames.Clear();
        return true;
    }

    private void Resume(int at)
    {
        if (_frames.Count == 0)
            ReadFromTop(at);
        else
            Descend(Top, at);
    }

    private bool Reopens(int at)
    {
        var word = _words[at].Text;
        var chain = new List<Frame>();
        for (var closed = _frames.Count > 0 ? Top.LastClosed : _lastClosed; closed is not null; closed = closed.LastClosed)
        {
            chain.Add(closed);
            if (closed.Block.Schema.Find(word) is null)
                continue;
            _report(new Finding("exit-too-many", Severity.Error,
                $"{word} belongs in {closed.Path.Last}, which the exit on line {closed.ClosedOn} closed too early; it is read as if that exit were not there")
            {
                Path = closed.Path,
                Router = closed.Path.KeyOf("router"),
                Position = At(_line, _words[at].Column),
                Other = At(closed.ClosedOn, 1),
                Fix = $"delete the exit on line {closed.ClosedOn}, and end the text with one more",
            });
            _frames.AddRange(chain);
            _exitsTooMany += chain.Count;
            return true;
        }

        return false;
    }

    private void Unknown(ConfigPath? path, int at)
    {
        var word = _words[at].Text;
        var block = path?.Last.Schema as BlockSchema ?? _root.Schema;
        var here = path is null ? "at the top" : $"in {Describe(path)}";
        var near = Spelling.Nearest(word, block.Children.Select(child => child.Name));
        var places = Places(_root.Schema, word);
        if (places.Count > 0 && near is null)
        {
            var where = string.Join(", or in ", places.Take(3));
            Report("word-misplaced", $"there is no {word} {here}; it belongs in {where}", path, at, null);
        }
        else
        {
            Report("unknown-word", $"there is no \"{Short(word)}\" {here}{(near is null ? "" : $"; was {near} meant?")}", path, at,
                near is not null ? $"write {near}" : block.Children.Count <= 12 ? $"one of {string.Join(", ", block.Children.Select(child => child.Name))}" : null);
        }

        SkipBlock();
    }

    // What stands deeper than this line, and its exit, belong to it.
    private void SkipBlock()
    {
        if (_mode != ReadMode.Typed || _source is not null)
            _skipped = _words.Indent;
    }

    private static List<string> Places(BlockSchema block, string word)
    {
        var found = new List<string>();
        Search(block, "");
        return found;

        void Search(BlockSchema inside, string way)
        {
            way = way.Length == 0 ? inside.Name : $"{way} {inside.Name}";
            if (inside.Find(word) is not null)
                found.Add(way.StartsWith("authority ", StringComparison.Ordinal) ? way["authority ".Length..] : way);
            foreach (var child in inside.Children)
            {
                if (child is BlockSchema deeper && deeper.Parent == inside)
                    Search(deeper, way);
            }
        }
    }

    private static string Describe(ConfigPath path) => path.Parent is null ? "the authority" : path.Last.ToString();

    private static string Short(string word) => word.Length <= 40 ? word : word[..37] + "…";

    private void Push(Frame? parent, NodeBuilder block, ConfigPath path) =>
        _frames.Add(new Frame(parent, block, path, _line, _words.Count > 0 ? _words[0].Column : 1));

    private SourcePosition At(int line, int column) => line == 0 ? default : new SourcePosition(_source, line, column);

    private void Report(string rule, string message, int _, int word, string? fix, Severity severity = Severity.Error) =>
        Report(rule, message, null, word, fix, severity);

    private void Report(string rule, string message, ConfigPath? path, int word, string? fix, Severity severity = Severity.Error) =>
        _report(new Finding(rule, severity, message) { Path = path, Fix = fix, Router = path?.KeyOf("router"), Position = At(_line, word < _words.Count ? _words[word].Column : 1) });

    private readonly record struct Opening(BlockSchema List, string Key, (string Text, object Value)[] Values, SourcePosition Position);

    private sealed class Frame(Frame? parent, NodeBuilder block, ConfigPath path, int openedOn, int column)
    {
        public Frame? Parent { get; } = parent;

        public NodeBuilder Block { get; } = block;

        public ConfigPath Path { get; } = path;

        public int OpenedOn { get; } = openedOn;

        public int Column { get; } = column;

        public int ClosedOn { get; set; }

        // Opened by one line that says the whole way: flat text opens an empty block so, and closes nothing.
        public bool IsWholePath { get; set; }

        public Frame? LastClosed { get; set; }
    }

    // The inside of a block that is kept as it is: up to the exit at the indentation of its header; where nothing is indented, to the first exit.
    private sealed class OpaqueText(ConfigReader reader, NodeBuilder block, BlockSchema schema, int indent)
    {
        private readonly List<string> _lines = [];
        private int _deeper = -1;

        public bool HasEnded { get; private set; }

        public bool Takes(ReadOnlySpan<char> line, Words words)
        {
            if (_deeper < 0)
                _deeper = words.Indent;
            if (reader.IsExit() && (words.Indent <= indent || _deeper <= indent))
            {
                End();
                HasEnded = true;
                reader.Exit();
                return true;
            }

            _lines.Add(new string(' ', Math.Max(0, words.Indent - _deeper)) + line.Trim().ToString());
            return true;
        }

        public void End()
        {
            if (_lines.Count > 0)
                block.Set((LeafSchema)schema.Children[^1], string.Join('\n', _lines), string.Join('\n', _lines), reader.At(reader._line, 1));
            _lines.Clear();
        }
    }
}
