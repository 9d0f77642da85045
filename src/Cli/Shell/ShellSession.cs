using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Validation;
using Warren.RouterAgent.State;

namespace Warren.Cli.Shell;

/// <summary>One operator at one router's state: a candidate, the menu in which lines are typed, and the commands. Knows no terminal: lines in, text out.</summary>
internal sealed partial class ShellSession
{
    private readonly string _folder;
    private readonly string _user;
    private readonly string _router;
    private readonly IStateFiles _files;
    private readonly TimeProvider _time;
    private readonly Func<string, bool> _ask;
    private readonly Stack<ConfigPath?> _menus = new();
    private readonly List<string> _history = [];
    private readonly List<ShellCommand> _commands;

    private StateFolder _state;
    private ConfigNode _running;
    private ConfigNode _candidate;
    private NodeBuilder? _builder;
    private ConfigNode? _effective;
    private Assessment? _runningAssessment;
    private int _base;
    private ConfigPath? _menu;
    private bool _isInConfig;
    private int _lineNumber;

    /// <summary>Opens the state, and the operator's candidate in it.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="files">The disk.</param>
    /// <param name="time">The clock.</param>
    /// <param name="router">The router, for the prompt.</param>
    /// <param name="user">Who.</param>
    /// <param name="ask">Answers a question; false for no.</param>
    internal ShellSession(string folder, IStateFiles files, TimeProvider time, string router, string user, Func<string, bool> ask)
    {
        (_folder, _files, _time, _router, _user, _ask) = (folder, files, time, router, user, ask);
        _state = StateFolder.Open(folder, files, time);
        _running = _candidate = Parse(_state.RunningText());
        _base = _state.Running;
        if (_state.Candidate(user) is { } kept)
        {
            _base = kept.Base;
            _candidate = Parse(kept.Text);
        }

        _commands = Commands();
    }

    /// <summary>What was returned because nobody confirmed it, to be said once; or null.</summary>
    internal string? Notice => _state.Returned is { } returned
        ? string.Create(CultureInfo.InvariantCulture, $"commit {returned.Number} was not confirmed in time: the configuration is that of {returned.ReturnTo} again")
        : null;

    /// <summary>Whether the candidate says something that is not running.</summary>
    internal bool IsChanged => !Candidate.SaysTheSame(_running);

    /// <summary>user@node.router, the menu in brackets, and '*' in front while there is something to commit (facts A1).</summary>
    internal string Prompt
    {
        get
        {
            var node = new Authority(_running).Routers.FirstOrDefault(router => router.Name == _router)?.Nodes is [var first, ..] ? $"{first.Name}." : "";
            var menu = _menu is not null ? $" ({MenuText(_menu)})" : _isInConfig ? " (config)" : "";
            return $"{(IsChanged ? "*" : "")}{_user}@{node}{_router}{menu}# ";
        }
    }

    private ConfigNode Candidate
    {
        get
        {
            if (_builder is not null)
            {
                _candidate = _builder.ToNode();
                _builder = null;
            }

            return _candidate;
        }
    }

    private ConfigNode Effective
    {
        get
        {
            var candidate = Candidate;
            if (_effective is null || !ReferenceEquals(_generatedFrom, candidate))
                (_effective, _generatedFrom) = (Generator.Generate(candidate, _runningAssessment?.Effective), candidate);
            return _effective;
        }
    }

    private ConfigNode? _generatedFrom;

    /// <summary>Runs one line.</summary>
    internal ShellResult Run(string line)
    {
        if (!TryExpand(line.Trim(), out var expanded))
            return ShellResult.Failed($"no line in the history is {line.Trim()}");
        var words = Split(expanded);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return ShellResult.Done();
        _history.Add(expanded);
        try
        {
            return Dispatch(words, expanded);
        }
        catch (StateException failure)
        {
            return ShellResult.Failed(failure.Message);
        }
        catch (System.IO.IOException failure)
        {
            return ShellResult.Failed(failure.Message);
        }
    }

    /// <summary>Keeps the candidate on disk.</summary>
    internal void Save()
    {
        if (IsChanged || _base != _state.Running)
            _state.SaveCandidate(_user, new Candidate(_base, ConfigFormatter.Format(Candidate, new FormatOptions { Secrets = true, Generated = false })));
        else
            _state.SaveCandidate(_user, null);
    }

    private ShellResult Dispatch(string[] words, string line)
    {
        var block = _menu?.Last.Schema as BlockSchema;
        var isElement = block?.Find(words[0]) is not null || (block is null && (words[0] is "config" or "configure" || (_isInConfig && words[0] == Authority.Schema.Name)));
        if (!isElement)
        {
            var exact = _commands.Find(command => command.Name == words[0]);
            if (exact is null)
            {
                var near = _commands.FindAll(command => command.Name.StartsWith(words[0], StringComparison.Ordinal));
                var elements = block?.FindPrefix(words[0]) ?? (_isInConfig ? Authority.Schema.FindPrefix(words[0]) : []);
                if ("configure".StartsWith(words[0], StringComparison.Ordinal) && words[0].Length >= 4)
                    return ConfigLine("configure" + line[words[0].Length..]);
                if (near.Count + elements.Count > 1)
                    return ShellResult.Failed($"\"{words[0]}\" may be {string.Join(", ", near.Select(command => command.Name).Concat(elements.Select(element => element.Name)))}");
                if (near.Count == 1)
                    exact = near[0];
            }

            if (exact is not null)
                return exact.Run([.. words.Skip(1)]);
            if (block is null && !_isInConfig)
                return new ShellResult(false, $"Command '{words[0]}' not found (use '?' for help)\n");
        }

        return ConfigLine(line);
    }

    // A line of the language in the menu: a value, a block to enter, or the whole way from the top.
    private ShellResult ConfigLine(string line)
    {
        var words = Split(line);
        if (words is ["config"] or ["configure"])
        {
            _menus.Push(_menu);
            (_menu, _isInConfig) = (null, true);
            return ShellResult.Done();
        }

        if (EntersGenerated(words, out var generated))
        {
            _menus.Push(_menu);
            _menu = generated;
            return ShellResult.Done();
        }

        if (_menu is { } inside && Candidate.Find(inside) is null && Effective.Find(inside)?.GeneratedBy is { } origin)
            return ShellResult.Failed($"this was generated by {origin}: write override-generated first, and it is yours");
        _builder ??= new NodeBuilder(Candidate);
        var findings = new List<Finding>();
        var reader = new ConfigReader(_builder, ReadMode.Typed, null, findings.Add, _menu);
        reader.Read(line, ++_lineNumber);
        if (reader.OpenBlocks > 0)
        {
            _menus.Push(_menu);
            _menu = reader.Current;
        }

        if (findings.Count == 0)
            return ShellResult.Done();
        var text = new StringBuilder();
        foreach (var finding in findings)
            text.Append(CultureInfo.InvariantCulture, $"% {(finding.Severity == Config.Severity.Error ? "Error" : "Warning")}: {finding.Message}{(finding.Fix is { } fix ? $" ({fix})" : "")}\n");
        return new ShellResult(findings.TrueForAll(finding => finding.Severity != Config.Severity.Error), text.ToString());
    }

    // Whether words lead to what is generated and nobody wrote: to enter it must not make it.
    private bool EntersGenerated(string[] words, out ConfigPath path)
    {
        IEnumerable<string> way = words[0] is "config" or "configure" ? words.Skip(1) : _menu is null ? words : [.. _menu.Steps.Skip(1).SelectMany(step => step.ToString().Split(' ')), .. words];
        return PathReader.Read(Effective, [.. way], out path) is null && Effective.Find(path) is { IsBlock: true, GeneratedBy: not null } && Candidate.Find(path) is null;
    }

    private static string MenuText(ConfigPath menu)
    {
        var block = (BlockSchema)menu.Last.Schema;
        return block.IsList ? block.Name + string.Concat(block.Keys.Zip(menu.Last.Key.Split(' '), (key, value) => $"[{key.Name}={value}]")) : block.Name;
    }

    private static ConfigNode Parse(string text)
    {
        var read = ConfigParser.Parse(Authority.Schema, new SourceText("configuration", text));
        if (read.Findings.FirstOrDefault(finding => finding.Severity == Config.Severity.Error) is { } error)
            throw new StateException($"a stored configuration cannot be read: {error}");
        return read.Root;
    }

    private static string[] Split(string line)
    {
        var words = new Words();
        words.Cut(line, new WordTable());
        return [.. Enumerable.Range(0, words.Count).Select(i => words[i].Text)];
    }

    // !! the last line, !N and !-N by number, !text the last that begins so.
    private bool TryExpand(string line, out string expanded)
    {
        expanded = line;
        if (line.Length < 2 || line[0] != '!')
            return true;
        var rest = line[1..];
        var found = rest == "!" ? _history.LastOrDefault()
            : int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? _history.ElementAtOrDefault(number < 0 ? _history.Count + number : number - 1)
                : _history.FindLast(old => old.StartsWith(rest, StringComparison.Ordinal));
        expanded = found ?? "";
        return found is not null;
    }
}
