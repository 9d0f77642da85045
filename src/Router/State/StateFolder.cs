using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace Warren.RouterAgent.State;

/// <summary>
/// A router's configuration on disk, as plain files: running.conf, candidates/USER.conf, history/N.conf, deadline, exports/NAME.conf.gz. A crash at any step leaves the running configuration the old one or
/// the new one, whole, and the history agreeing with it.
/// </summary>
/// <remarks>
/// <para>A commit writes history/N.conf first, then the deadline where there is one, then replaces running.conf, whose first line says N. What the history has beyond that number is a commit that did not happen, and
/// goes when the folder is opened. Each file is written beside its place, flushed and renamed, and its folder flushed.</para>
/// <para>Whoever opens the folder after a passed deadline returns it first, also at boot: it then holds what was running before, as a commit of its own.</para>
/// <para>One process at a time may change it (<see cref="StateLock"/>); this type does not take the lock.</para>
/// </remarks>
public sealed class StateFolder
{
    private const string Header = "# commit ";
    private const string BaseHeader = "# base ";

    private readonly IStateFiles _files;
    private readonly TimeProvider _time;
    private readonly string _folder;

    private StateFolder(string folder, IStateFiles files, TimeProvider time) => (_folder, _files, _time) = (folder, files, time);

    /// <summary>The number of the running configuration; 0 before the first commit.</summary>
    public int Running { get; private set; }

    /// <summary>The commit that waits to be confirmed, or null.</summary>
    public Deadline? Deadline { get; private set; }

    /// <summary>What was returned because its deadline had passed, when the folder was opened; null for nothing.</summary>
    public Deadline? Returned { get; private set; }

    /// <summary>Opens a folder, makes it when it is not there, mends what a crash left, and returns a commit whose deadline has passed.</summary>
    public static StateFolder Open(string folder, IStateFiles files, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(files);
        var state = new StateFolder(folder, files, time);
        foreach (var path in (string[])[folder, state.Path("history"), state.Path("candidates"), state.Path("exports")])
            files.MakeFolder(path);
        state.Mend();
        return state;
    }

    /// <summary>The running configuration, with secrets; empty before the first commit.</summary>
    public string RunningText() => ReadText("running.conf") is { } text ? Body(text) : "";

    /// <summary>A configuration of the history.</summary>
    /// <exception cref="StateException">There is none of that number.</exception>
    public string HistoryText(int number) =>
        number == 0 ? "" : ReadText(HistoryName(number)) is { } text ? Body(text) : throw new StateException($"there is no commit {number}; the history has 1 to {Running}");

    /// <summary>The history, the newest first.</summary>
    public IReadOnlyList<Commit> History()
    {
        var commits = new List<Commit>();
        for (var number = Running; number > 0; number--)
        {
            if (ReadText(HistoryName(number)) is { } text && ReadHeader(text) is { } commit)
                commits.Add(commit);
        }

        return commits;
    }

    /// <summary>An operator's candidate, or null when there is none: then it is the running configuration.</summary>
    public Candidate? Candidate(string user)
    {
        var text = ReadText(CandidateName(user));
        if (text is null || !text.StartsWith(BaseHeader, StringComparison.Ordinal))
            return null;
        var end = text.IndexOf('\n');
        return end > 0 && int.TryParse(text.AsSpan(BaseHeader.Length, end - BaseHeader.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Candidate(number, text[(end + 1)..])
            : null;
    }

    /// <summary>Keeps an operator's candidate; null lets it go.</summary>
    public void SaveCandidate(string user, Candidate? candidate)
    {
        if (candidate is null)
            _files.Delete(Path(CandidateName(user)));
        else
            Replace(CandidateName(user), string.Create(CultureInfo.InvariantCulture, $"{BaseHeader}{candidate.Base}\n{candidate.Text}"));
    }

    /// <summary>Makes a text the running configuration.</summary>
    /// <param name="text">All of it, with secrets.</param>
    /// <param name="seen">The number of the running configuration that whoever commits has seen.</param>
    /// <param name="user">Who.</param>
    /// <param name="comment">What for.</param>
    /// <param name="confirmWithin">After how long it returns unless it is confirmed; null for never.</param>
    /// <exception cref="StateException">Somebody else committed meanwhile, or a commit waits to be confirmed and this one would not be.</exception>
    public Commit Commit(string text, int seen, string user, string comment, TimeSpan? confirmWithin = null)
    {
        if (seen != Running)
            throw new StateException($"the running configuration is commit {Running} by now, and this candidate began from {seen}");
        var now = _time.GetUtcNow();
        var commit = new Commit(Running + 1, now, user, comment);
        var content = Write(commit, text);
        Replace(HistoryName(commit.Number), content);

        // Of several unconfirmed commits the first says what comes back.
        var deadline = confirmWithin is { } within ? new Deadline(commit.Number, Deadline?.ReturnTo ?? Running, now + within) : null;
        if (deadline is not null)
            Replace("deadline", Write(deadline));
        Replace("running.conf", content);
        Running = commit.Number;
        if (deadline is null && Deadline is not null)
            _files.Delete(Path("deadline"));
        Deadline = deadline;
        return commit;
    }

    /// <summary>Keeps the commit that waits; false when none does.</summary>
    public bool Confirm()
    {
        if (Deadline is null)
            return false;
        _files.Delete(Path("deadline"));
        _files.FlushFolder(_folder);
        Deadline = null;
        return true;
    }

    /// <summary>Returns the commit that waits, when its time has come; false otherwise.</summary>
    public bool ReturnIfDue()
    {
        if (Deadline is not { } deadline || _time.GetUtcNow() < deadline.Time)
            return false;
        var text = HistoryText(deadline.ReturnTo);
        Deadline = null;
        Commit(text, Running, "warren", string.Create(CultureInfo.InvariantCulture, $"commit {deadline.Number} was not confirmed in time: back to {deadline.ReturnTo}"));
        _files.Delete(Path("deadline"));
        _files.FlushFolder(_folder);
        Returned = deadline;
        return true;
    }

    /// <summary>Writes an export, compressed.</summary>
    /// <returns>Its path.</returns>
    public string Export(string name, string text)
    {
        CheckExportName(name);
        using var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes(text));
        Replace($"exports/{name}.conf.gz", compressed.ToArray());
        return Path($"exports/{name}.conf.gz");
    }

    /// <summary>What an export says.</summary>
    /// <exception cref="StateException">There is none of that name.</exception>
    public string ReadExport(string name)
    {
        CheckExportName(name);
        var content = _files.Read(Path($"exports/{name}.conf.gz")) ?? throw new StateException($"there is no export {name}");
        using var zip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Names and compressed sizes of the exports.</summary>
    public IReadOnlyList<(string Name, int Bytes)> Exports() =>
    [
        .. _files.List(Path("exports")).Where(file => file.EndsWith(".conf.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => (file[..^".conf.gz".Length], _files.Read(Path($"exports/{file}"))?.Length ?? 0)),
    ];

    /// <summary>Deletes an export; false when there is none.</summary>
    public bool DeleteExport(string name)
    {
        CheckExportName(name);
        if (_files.Read(Path($"exports/{name}.conf.gz")) is null)
            return false;
        _files.Delete(Path($"exports/{name}.conf.gz"));
        return true;
    }

    private static void CheckExportName(string name)
    {
        if (name.Length is 0 or > 200 || name[0] == '.' || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            throw new StateException($"\"{name}\" is no name for an export: letters, digits, '.', '-' and '_', not beginning with '.'");
    }

    // What a crash left: commits beyond the running one did not happen; a deadline of another commit says nothing; files beside their place were not finished.
    private void Mend()
    {
        foreach (var folder in (string[])[_folder, Path("history"), Path("candidates"), Path("exports")])
        {
            foreach (var file in _files.List(folder).Where(file => file.EndsWith(".new", StringComparison.Ordinal)))
                _files.Delete(System.IO.Path.Combine(folder, file));
        }

        if (ReadText("running.conf") is { } running)
            Running = ReadHeader(running)?.Number ?? throw new StateException($"{Path("running.conf")} does not begin with the line \"# commit NUMBER …\": it was changed by hand");
        foreach (var file in _files.List(Path("history")))
        {
            if (!int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Running)
                _files.Delete(Path($"history/{file}"));
        }

        if (ReadText("deadline") is not { } text)
            return;

        // A deadline is written before its commit: of one that did not happen, it still says whether the commit it followed waits.
        if (ReadDeadline(text) is { } deadline && (deadline.Number == Running || (deadline.Number == Running + 1 && deadline.ReturnTo < Running)))
        {
            Deadline = deadline with { Number = Running };
            ReturnIfDue();
        }
        else
        {
            _files.Delete(Path("deadline"));
        }
    }

    private void Replace(string name, string text) => Replace(name, Encoding.UTF8.GetBytes(text));

    private void Replace(string name, byte[] content)
    {
        var path = Path(name);
        _files.Write(path + ".new", content);
        _files.Flush(path + ".new");
        _files.Rename(path + ".new", path);
        _files.FlushFolder(System.IO.Path.GetDirectoryName(path)!);
    }

    private string? ReadText(string name) => _files.Read(Path(name)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private static string HistoryName(int number) => string.Create(CultureInfo.InvariantCulture, $"history/{number}.conf");

    // A user's name is the system's; whatever it holds, it is one file's name.
    private static string CandidateName(string user) => $"candidates/{Uri.EscapeDataString(user)}.conf";

    private static string Write(Commit commit, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{Header}{commit.Number} {commit.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Uri.EscapeDataString(commit.User)} {Uri.EscapeDataString(commit.Comment)}\n{text}");

    private static Commit? ReadHeader(string text)
    {
        var end = text.IndexOf('\n');
        if (end < 0 || !text.StartsWith(Header, StringComparison.Ordinal))
            return null;
        var words = text[Header.Length..end].Split(' ');
        return words.Length == 4 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && ReadTime(words[1]) is { } time
            ? new Commit(number, time, Uri.UnescapeDataString(words[2]), Uri.UnescapeDataString(words[3]))
            : null;
    }

    private static string Write(Deadline deadline) =>
        string.Create(CultureInfo.InvariantCulture, $"{deadline.Number} {deadline.ReturnTo} {deadline.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\n");

    private static Deadline? ReadDeadline(string text)
    {
        var words = text.Trim().Split(' ');
        return words.Length == 3 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var back) && ReadTime(words[2]) is { } time
            ? new Deadline(number, back, time)
            : null;
    }

    private static DateTimeOffset? ReadTime(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Body(string text) => text[(text.IndexOf('\n') + 1)..];
}
