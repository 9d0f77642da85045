using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Differences;
using Warren.Fabric.Generation;
using Warren.Fabric.Validation;
using Warren.RouterAgent.State;

namespace Warren.Cli.Shell;

// The commands, in the order of the help (facts A2 and A4).
internal sealed partial class ShellSession
{
    /// <summary>The commands.</summary>
    internal IReadOnlyList<ShellCommand> CommandTable => _commands;

    private List<ShellCommand> Commands() =>
    [
        new("clone", "<list> [force] <name> <new-name>", "Copy an entry of a list", Clone),
        new("commit", "[force] [confirmed <minutes>] [comment <text>]", "Make the candidate the running configuration", Commit) { Words = ["force", "confirmed", "comment"] },
        new("compare", "{config [<old>] [<new>] | rollback <N>}", "Show the commands that turn one configuration into another", Compare) { Words = ["config", "rollback"] },
        new("confirm", "", "Keep a commit that waits to be confirmed", _ => Confirm()),
        new("delete", "<element> [force] [<key>]", "Delete an element", Delete),
        new("do", "<command>", "Execute a top-level command", words => InMenu(null, words)),
        new("exit", "", "Exit this menu (You can also press Ctrl+D)", _ => Exit()),
        new("export", "config {running | candidate} <name> [secrets]", "Write a configuration to an export", Export) { Words = ["config"] },
        new("import", "config [force] <name>", "Load an export into the candidate", Import) { Words = ["config"] },
        new("merge", "", "Take what others committed since into the candidate", _ => Merge()),
        new("move", "<list> <key> {first | last | before <key> | after <key>}", "Move an entry of an ordered list", Move),
        new("override-generated", "", "Make this generated element yours", _ => OverrideGenerated()),
        new("quit", "", "Quit the PCLI", _ => new ShellResult(true, "", Quits: true)),
        new("restore", "config {running | factory-default} [force]", "Discard the changes of the candidate", Restore) { Words = ["config"] },
        new("rollback", "<N>", "Load a commit of the history into the candidate", Rollback),
        new("search", "[config] <text>", "Find lines of the candidate", Search) { Words = ["config"] },
        new("show", "[config … | events config commit | history | rollback <N>]", "Show this element, or a configuration", Show) { Words = ["config", "events", "history", "rollback"] },
        new("top", "", "Return to the root menu", _ => Top()),
        new("up", "[<levels>]", "Exit this menu and navigate up the hierarchy the given number of levels", Up),
        new("validate", "", "Find what is wrong with the candidate", _ => Validate()),
        new("where", "", "Display the current location in the CLI hierarchy", _ => Where()),
    ];

    private ShellResult InMenu(ConfigPath? menu, string[] words)
    {
        var (kept, isInConfig) = (_menu, _isInConfig);
        (_menu, _isInConfig) = (menu, false);
        try
        {
            return words.Length == 0 ? ShellResult.Failed("do what?") : Dispatch(words, string.Join(' ', words.Select(Words.Quote)));
        }
        finally
        {
            (_menu, _isInConfig) = (kept, isInConfig);
        }
    }

    private ShellResult Exit()
    {
        if (_menu is null && !_isInConfig)
            return new ShellResult(true, "", Quits: true);
        if (_menu is null)
            _isInConfig = false;
        _menu = _menus.TryPop(out var before) ? before : null;
        return ShellResult.Done();
    }

    private ShellResult Top()
    {
        _menus.Clear();
        (_menu, _isInConfig) = (null, false);
        return ShellResult.Done();
    }

    private ShellResult Up(string[] words)
    {
        var levels = 1;
        if (words.Length > 0 && (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out levels) || levels < 1))
            return ShellResult.Failed("up takes a number of levels");
        for (; levels > 0 && _menu is not null; levels--)
            _menu = _menu.Parent;
        if (_menu is null)
            return Top();
        return ShellResult.Done();
    }

    private ShellResult Where() => ShellResult.Done(_menu is null ? "" : $"configure {_menu}\n");

    private ShellResult Show(string[] words) => words switch
    {
        [] when _menu is not null => ShellResult.Done(Effective.Find(_menu) is { } node ? ConfigFormatter.FormatContents(node) : ""),
        ["history"] => ShellResult.Done(string.Concat(_history.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,5}   {line}\n")))),
        ["rollback", var number] => HistoryNode(number, out var node) is { } problem ? ShellResult.Failed(problem) : ShellResult.Done(ConfigFormatter.Format(node)),
        ["events", "config", "commit", ..] => ShellResult.Done(Events()),
        ["config", "version"] => ShellResult.Done(_state.History() is [var last, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"Version {last.Time.ToUnixTimeSeconds()} committed at: {last.Time.LocalDateTime:ddd yyyy-MM-dd HH:mm:ss}\n") : "Nothing was committed yet\n"),
        ["config", "exports"] => ShellResult.Done(string.Concat(_state.Exports().Select(export => string.Create(CultureInfo.InvariantCulture, $"{export.Name}  {export.Bytes} bytes\n")))),
        ["config", var which, .. var rest] when "running".StartsWith(which, StringComparison.Ordinal) => ShowConfig(Generator.Generate(_running), rest),
        ["config", var which, .. var rest] when "candidate".StartsWith(which, StringComparison.Ordinal) => ShowConfig(Effective, rest),
        _ => ShellResult.Failed("show what? In a menu show alone; else show config running, show config candidate, show events config commit, show history"),
    };

    private static ShellResult ShowConfig(ConfigNode root, string[] words)
    {
        var options = new FormatOptions { Verbose = words.Contains("verbose"), Flat = words.Contains("flat") };
        string[] way = [.. words.Where(word => word is not ("verbose" or "flat"))];
        if (PathReader.Read(root, way, out var path) is { } problem)
            return ShellResult.Failed(problem);
        return ShellResult.Done(ConfigFormatter.Format(root, [path], options));
    }

    // Each commit between rules, then its difference.
    private string Events()
    {
        var text = new StringBuilder();
        foreach (var commit in _state.History().Take(50))
        {
            var title = string.Create(CultureInfo.InvariantCulture,
                $" {commit.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {commit.User} changed running configuration on {_router}{(commit.Comment.Length > 0 ? $": {commit.Comment}" : "")}");
            var rule = new string('=', title.Length + 1);
            text.Append(CultureInfo.InvariantCulture, $"{rule}\n{title}\n{rule}\n");
            text.Append(ConfigDifference.Commands(Parse(_state.HistoryText(commit.Number - 1)), Parse(_state.HistoryText(commit.Number)))).Append('\n');
        }

        return text.ToString();
    }

    private string? HistoryNode(string number, out ConfigNode node)
    {
        node = _running;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var back))
            return "rollback takes a number: 0 is the running configuration, 1 the one before";
        if (back > _state.Running)
            return string.Create(CultureInfo.InvariantCulture, $"the history goes back {_state.Running}");
        node = Parse(_state.HistoryText(_state.Running - back));
        return null;
    }

    private ShellResult Compare(string[] words)
    {
        if (words is ["rollback", var number])
            return HistoryNode(number, out var old) is { } problem ? ShellResult.Failed(problem) : ShellResult.Done(ConfigDifference.Commands(old, Candidate));
        if (words is not ["config", .. var names] || names.Length > 2)
            return ShellResult.Failed("usage: compare config [<old>] [<new>], or compare rollback <N>");
        if (Named(names.Length > 0 ? names[0] : "running", out var before) is { } wrong)
            return ShellResult.Failed(wrong);
        if (Named(names.Length > 1 ? names[1] : "candidate", out var after) is { } also)
            return ShellResult.Failed(also);
        return ShellResult.Done(ConfigDifference.Commands(before, after));
    }

    private string? Named(string name, out ConfigNode node)
    {
        node = name switch
        {
            "running" => _running,
            "candidate" => Candidate,
            "factory-defaults" or "factory-default" => Parse(""),
            _ => null!,
        };
        if (node is not null)
            return null;
        node = _running;
        if (_state.Exports().All(export => export.Name != name))
            return $"there is no export {name}; other configurations are running, candidate and factory-defaults";
        node = Parse(_state.ReadExport(name));
        return null;
    }

    private ShellResult Validate()
    {
        var assessment = Assess();
        return assessment.IsValid
            ? ShellResult.Done($"✔ Validating...\n{Warnings(assessment)}Candidate configuration is valid\n")
            : new ShellResult(false, $"✖ Validating...\n% Error: Candidate configuration is invalid:\n{ValidationText.Write(assessment.Findings, Severity.Error)}");
    }

    private Assessment Assess()
    {
        _runningAssessment ??= Assessment.Of(_running);
        return Assessment.Of(Candidate, _runningAssessment);
    }

    private static string Warnings(Assessment assessment)
    {
        var text = ValidationText.Write(assessment.Findings, Severity.Warning);
        return text.Length == 0 ? "" : $"Warnings:\n{text}\n";
    }

    private ShellResult Commit(string[] words)
    {
        if (ReadCommit(words, out var isForced, out var within, out var comment) is { } wrong)
            return ShellResult.Failed(wrong);
        using var held = StateLock.Take(_folder, TimeSpan.FromSeconds(5));
        Reopen();
        if (_base != _state.Running)
        {
            var last = _state.History()[0];
            return ShellResult.Failed(string.Create(CultureInfo.InvariantCulture,
                $"{last.User} committed {_state.Running} at {last.Time.LocalDateTime:HH:mm:ss}, which this candidate has not seen. `merge' takes it in; `compare config' then shows what is yours"));
        }

        if (!IsChanged)
            return ShellResult.Done("There is nothing to commit\n");
        var assessment = Assess();
        if (!assessment.IsValid)
            return new ShellResult(false, $"✖ Validating, then committing...\n% Error: Failed to commit:\n{ValidationText.Write(assessment.Findings, Severity.Error)}");
        var preview = Preview(assessment);
        if (!isForced && !_ask($"{preview}Are you sure you want to commit the candidate config? [y/N]: "))
            return new ShellResult(false, "Operation canceled\n");
        var text = ConfigFormatter.Format(Candidate, new FormatOptions { Secrets = true, Generated = false });
        var commit = _state.Commit(text, _base, _user, comment, within);
        (_running, _base, _runningAssessment) = (Candidate, commit.Number, assessment);
        _state.SaveCandidate(_user, null);
        return ShellResult.Done($"✔ Validating, then committing...\n{Warnings(assessment)}Configuration committed\n"
            + (within is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"It returns in {minutes.TotalMinutes:0.##} minutes unless you `confirm' it\n") : ""));
    }

    private static string? ReadCommit(string[] words, out bool isForced, out TimeSpan? within, out string comment)
    {
        (isForced, within, comment) = (false, null, "");
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "force":
                    isForced = true;
                    break;
                case "validate-local":
                    break;
                case "confirmed" when i + 1 < words.Length && double.TryParse(words[i + 1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 10_080:
                    within = TimeSpan.FromMinutes(minutes);
                    i++;
                    break;
                case "comment" when i + 1 < words.Length:
                    comment = words[++i];
                    break;
                default:
                    return "usage: commit [force] [confirmed <minutes>] [comment \"<text>\"]; minutes are at most 10080, a week";
            }
        }

        return null;
    }

    // What is generated anew, and who reaches what: before the question.
    private string Preview(Assessment assessment)
    {
        var text = new StringBuilder();
        var generated = ConfigDifference.Between(_runningAssessment!.Effective, assessment.Effective).Where(change => (change.After ?? change.Before)!.GeneratedBy is not null).ToList();
        if (generated.Count > 0)
            text.Append("Generated:\n");
        foreach (var change in generated.Take(20))
            text.Append(CultureInfo.InvariantCulture, $"  {(change.After is null ? '-' : '+')} {change.Path}\n");
        var reach = assessment.Plans.Keys.Union(_runningAssessment.Plans.Keys).Order(StringComparer.Ordinal)
            .SelectMany(node => ReachabilityDifference.Between(_runningAssessment.Plans.GetValueOrDefault(node), assessment.Plans.GetValueOrDefault(node))).ToList();
        if (reach.Count > 0)
            text.Append("Who reaches what:\n");
        foreach (var change in reach.Take(20))
            text.Append(CultureInfo.InvariantCulture, $"  {change}\n");
        if (reach.Count > 20)
            text.Append(CultureInfo.InvariantCulture, $"  and {reach.Count - 20} more\n");
        return text.ToString();
    }

    private void Reopen()
    {
        _state = StateFolder.Open(_folder, _files, _time);
        if (_state.Running == _base)
            return;
        _running = Parse(_state.RunningText());
        _runningAssessment = null;
    }

    private ShellResult Confirm()
    {
        using var held = StateLock.Take(_folder, TimeSpan.FromSeconds(5));
        _state = StateFolder.Open(_folder, _files, _time);
        return _state.Confirm() ? ShellResult.Done("Commit confirmed\n") : ShellResult.Failed("no commit waits to be confirmed");
    }

    // Mine onto theirs: what both changed in different ways is named, and nothing is done.
    private ShellResult Merge()
    {
        Reopen();
        if (_base == _state.Running)
            return ShellResult.Done("Nothing was committed since this candidate began\n");
        var began = Parse(_state.HistoryText(_base));
        var mine = ConfigDifference.Between(began, Candidate);
        var theirs = ConfigDifference.Between(began, _running);
        var conflicts = mine.Where(change => theirs.Any(other => Meets(change.Path, other.Path) && !Says(change.After, other.After))).Select(change => change.Path.ToString()).ToList();
        if (conflicts.Count > 0)
            return ShellResult.Failed($"both changed\n    {string.Join("\n    ", conflicts)}\nWrite there what is running, or what you want after `restore config running', and merge again");
        var merged = ConfigParser.Merge(_running, new SourceText("merge", ConfigDifference.Commands(began, Candidate, secrets: true)));
        Use(merged.Root);
        _base = _state.Running;
        return ShellResult.Done(string.Create(CultureInfo.InvariantCulture, $"Merged: the candidate now begins from commit {_base}\n"));
    }

    private static bool Says(ConfigNode? left, ConfigNode? right) => left is null || right is null ? left == right : left.SaysTheSame(right);

    private static bool Meets(ConfigPath left, ConfigPath right)
    {
        var (one, two) = (left.Steps, right.Steps);
        return one.Take(Math.Min(one.Count, two.Count)).SequenceEqual(two.Take(Math.Min(one.Count, two.Count)));
    }

    private void Use(ConfigNode candidate)
    {
        _builder = null;
        _candidate = candidate;
        if (_menu is { } menu && candidate.Find(menu) is null)
            Top();
    }

    private ShellResult Restore(string[] words)
    {
        var isForced = words.Contains("force");
        switch (words.Where(word => word != "force").ToArray())
        {
            case ["config", "running"]:
                if (!isForced && !_ask("Are you sure you want to discard uncommitted changes from the candidate config? [y/N]: "))
                    return new ShellResult(false, "Operation canceled\n");
                Reopen();
                Use(_running);
                _base = _state.Running;
                return ShellResult.Done("Candidate configuration changes successfully discarded\n");
            case ["config", "factory-default"]:
                if (!isForced && !_ask("Are you sure you want to restore the candidate config to factory defaults? [y/N]: "))
                    return new ShellResult(false, "Operation canceled\n");
                Use(Parse(""));
                return ShellResult.Done("Candidate configuration is that of the factory\n");
            default:
                return ShellResult.Failed("usage: restore config {running | factory-default} [force]");
        }
    }

    private ShellResult Rollback(string[] words)
    {
        if (words is not [var number])
            return ShellResult.Failed("usage: rollback <N>");
        if (HistoryNode(number, out var node) is { } problem)
            return ShellResult.Failed(problem);
        Use(node);
        return ShellResult.Done($"The candidate is the configuration of rollback {number}; compare it, and commit\n");
    }

    private ShellResult Export(string[] words)
    {
        if (words is not ["config", ("running" or "candidate") and var which, var name, .. var rest] || rest is not ([] or ["secrets"]))
            return ShellResult.Failed("usage: export config {running | candidate} <name> [secrets]");
        var path = _state.Export(name, ConfigFormatter.Format(which == "running" ? _running : Candidate, new FormatOptions { Secrets = rest.Length > 0, Generated = false }));
        return ShellResult.Done($"Successfully exported configuration: {path}\n");
    }

    private ShellResult Import(string[] words)
    {
        if (words.Where(word => word != "force").ToArray() is not ["config", var name])
            return ShellResult.Failed("usage: import config [force] <name>");
        var read = ConfigParser.Merge(new NodeBuilder(Authority.Schema, "", default).ToNode(), new SourceText(name, _state.ReadExport(name)));
        if (!words.Contains("force") && !_ask($"Replace the existing candidate configuration with the contents of backup _{name}.gz_? [y/N]: "))
            return new ShellResult(false, "Operation canceled\n");

        // A mask means the secret that is there now.
        var masked = read.Findings.Any(finding => finding.Rule == "masked-secret");
        if (masked)
            read = ConfigParser.Merge(Candidate, new SourceText(name, _state.ReadExport(name)));
        if (read.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
            return ShellResult.Failed(error.ToString());
        Use(read.Root);
        return ShellResult.Done(masked ? "Loaded into the candidate, on top of what was there: the export has no secrets\n" : "Loaded into the candidate\n");
    }

    private ShellResult Delete(string[] words)
    {
        if (words is ["config", "exported", .. var names] && names.Where(word => word != "force").ToArray() is [var name])
            return _state.DeleteExport(name) ? ShellResult.Done($"Successfully deleted exported configuration: '{name}.gz'\n") : ShellResult.Failed($"there is no export {name}");
        string[] what = [.. words.Where(word => word != "force")];
        if (what.Length > 1 && !words.Contains("force") && !_ask($"Are you sure you want to delete item \"{string.Join(' ', what)}\" [y/N]: "))
            return new ShellResult(false, "Operation canceled\n");
        return ConfigLine("delete " + string.Join(' ', words.Select(Words.Quote)));
    }

    private ShellResult Clone(string[] words)
    {
        if (words.Where(word => word != "force").ToArray() is not [var listName, var from, var to])
            return ShellResult.Failed("usage: clone <list> [force] <name> <new-name>");
        if (ListIn(listName, out var parent, out var list) is { } problem)
            return ShellResult.Failed(problem);
        if (Candidate.Find(parent)?.Child(list, from) is not { } entry)
            return ShellResult.Failed($"there is no {list.Name} {from} here");
        if (Candidate.Find(parent)!.Child(list, to) is not null && !words.Contains("force") && !_ask($"{list.Name} {to} exists. Replace it? [y/N]: "))
            return new ShellResult(false, "Operation canceled\n");
        var inside = ConfigFormatter.FormatContents(entry, new FormatOptions { Secrets = true, Generated = false });
        var text = new StringBuilder($"{list.Name} {Words.Quote(to)}\n");
        foreach (var line in inside.Split('\n').Where(line => !list.Keys.Any(key => line.StartsWith(key.Name + " ", StringComparison.Ordinal))))
            text.Append(line).Append('\n');
        text.Append("exit\n");
        var findings = new List<Finding>();
        _builder ??= new NodeBuilder(Candidate);
        var source = new SourceText("clone", text.ToString());
        var reader = new ConfigReader(_builder, ReadMode.Fragment, source, findings.Add, parent);
        reader.ReadAll();
        return findings.Find(finding => finding.Severity == Severity.Error) is { } error ? ShellResult.Failed(error.Message) : ShellResult.Done();
    }

    private string? ListIn(string name, out ConfigPath parent, out BlockSchema list)
    {
        parent = _menu ?? ConfigPath.Root(Authority.Schema);
        list = null!;
        var block = (BlockSchema)parent.Last.Schema;
        var meant = block.Find(name) is { } exact ? [exact] : block.FindPrefix(name);
        if (meant is not [BlockSchema { IsList: true } only])
            return $"there is no list {name} here";
        list = only;
        return null;
    }

    private ShellResult Move(string[] words)
    {
        string[] what = [.. words.Where(word => word != "force")];
        if (what.Length < 3)
            return ShellResult.Failed("usage: move <list> <key> {first | last | before <key> | after <key>}");
        if (ListIn(what[0], out var parent, out var list) is { } problem)
            return ShellResult.Failed(problem);
        if (!list.IsOrdered)
            return ShellResult.Failed($"the order of {list.Name} says nothing");
        var keys = list.Keys.Count;
        var key = string.Join(' ', what.Skip(1).Take(keys));
        var entries = Candidate.Find(parent) is { } node ? node.ChildrenOf(list).ToArray().Select(entry => entry.Key).ToList() : [];
        if (!entries.Remove(key))
            return ShellResult.Failed($"there is no {list.Name} {key} here");
        var other = string.Join(' ', what.Skip(keys + 2));
        var at = what.ElementAtOrDefault(keys + 1) switch
        {
            "first" => 0,
            "last" => entries.Count,
            "before" => entries.IndexOf(other),
            "after" when entries.Contains(other) => entries.IndexOf(other) + 1,
            _ => -1,
        };
        if (at < 0)
            return ShellResult.Failed($"move it first, last, before or after one of {string.Join(", ", entries.DefaultIfEmpty("nothing"))}");
        _builder ??= new NodeBuilder(Candidate);
        var block = _builder;
        foreach (var step in parent.Steps.Skip(1))
            block = block.Open((BlockSchema)step.Schema, step.Key, default);
        block.Move(list, key, at);
        return ShellResult.Done();
    }

    private ShellResult OverrideGenerated()
    {
        if (_menu is not { } menu || Effective.Find(menu) is not { } node)
            return ShellResult.Failed("enter the generated element first");
        if (node.GeneratedBy is null)
            return ShellResult.Failed("this element was not generated");
        var text = ConfigFormatter.Format(Effective, [menu], new FormatOptions { Secrets = true });
        var merged = ConfigParser.Merge(Candidate, new SourceText("override", text));
        var builder = new NodeBuilder(merged.Root);
        var block = builder;
        foreach (var step in menu.Steps.Skip(1))
            block = block.Open((BlockSchema)step.Schema, step.Key, default);
        if (block.Schema.Find("generated") is LeafSchema generated)
            block.Set(generated, "false", false, default);
        Use(builder.ToNode());
        return ShellResult.Done($"{menu.Last} is yours now: it is not generated any more\n");
    }

    private ShellResult Search(string[] words)
    {
        var wanted = string.Join(' ', words is ["config", .. var rest] ? rest : words);
        if (wanted.Length == 0)
            return ShellResult.Failed("search for what?");
        var lines = ConfigFormatter.Format(Effective, new FormatOptions { Flat = true }).Split('\n').Where(line => line.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return lines.Count == 0 ? ShellResult.Failed($"no line has \"{wanted}\"") : ShellResult.Done(string.Join('\n', lines) + "\n");
    }
}
