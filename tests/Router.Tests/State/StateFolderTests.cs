#pragma warning disable CA1416 // The room under test runs on Linux alone.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.RouterAgent.State;

namespace Warren.RouterAgent.Tests.State;

public sealed class StateFolderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("warren-state-").FullName;
    private readonly FixedTime _time = new(Start);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_commit_is_running_and_in_the_history_with_who_when_and_why()
    {
        var state = Open();
        state.Commit("one\n", 0, "alice", "first light");
        _time.Now += TimeSpan.FromMinutes(1);
        state.Commit("two\n", 1, "bob", "");
        var again = Open();
        Assert.Equal("two\n", again.RunningText());
        Assert.Equal([new Commit(2, Start + TimeSpan.FromMinutes(1), "bob", ""), new Commit(1, Start, "alice", "first light")], again.History());
        Assert.Equal("one\n", again.HistoryText(1));
        Assert.Throws<StateException>(() => again.HistoryText(3));
    }

    [Fact]
    public void A_commit_that_has_not_seen_the_running_configuration_is_refused()
    {
        var state = Open();
        state.Commit("one\n", 0, "alice", "");
        Assert.Contains("commit 1", Assert.Throws<StateException>(() => state.Commit("two\n", 0, "bob", "")).Message, StringComparison.Ordinal);
        Assert.Equal("one\n", Open().RunningText());
    }

    [Fact]
    public void Candidates_are_each_operators_own_and_outlive_the_process()
    {
        Open().SaveCandidate("alice/../x", new Candidate(3, "text\n"));
        var state = Open();
        Assert.Equal(new Candidate(3, "text\n"), state.Candidate("alice/../x"));
        Assert.Null(state.Candidate("bob"));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "candidates")));
        state.SaveCandidate("alice/../x", null);
        Assert.Null(Open().Candidate("alice/../x"));
    }

    [Fact]
    public void An_unconfirmed_commit_returns_when_the_folder_is_opened_after_its_deadline()
    {
        var state = Open();
        state.Commit("good\n", 0, "alice", "");
        state.Commit("risky\n", 1, "alice", "", TimeSpan.FromMinutes(5));
        _time.Now += TimeSpan.FromMinutes(4);
        Assert.Equal("risky\n", Open().RunningText());
        _time.Now += TimeSpan.FromMinutes(2);
        var after = Open();
        Assert.Equal("good\n", after.RunningText());
        Assert.Equal(2, after.Returned!.Number);
        Assert.Equal(3, after.Running);
        Assert.Equal("commit 2 was not confirmed in time: back to 1", after.History()[0].Comment);
        Assert.Null(Open().Returned);
    }

    [Fact]
    public void A_confirmed_commit_stays_and_several_unconfirmed_return_to_before_the_first()
    {
        var state = Open();
        state.Commit("good\n", 0, "a", "");
        state.Commit("two\n", 1, "a", "", TimeSpan.FromMinutes(5));
        Assert.True(state.Confirm());
        Assert.False(state.Confirm());
        state.Commit("three\n", 2, "a", "", TimeSpan.FromMinutes(5));
        state.Commit("four\n", 3, "a", "", TimeSpan.FromMinutes(5));
        _time.Now += TimeSpan.FromHours(1);
        Assert.Equal("two\n", Open().RunningText());
    }

    [Fact]
    public void Exports_are_kept_by_name()
    {
        var state = Open();
        state.Export("before-move", "text\n");
        Assert.Equal("text\n", Open().ReadExport("before-move"));
        Assert.Equal("before-move", Assert.Single(state.Exports()).Name);
        Assert.True(state.DeleteExport("before-move"));
        Assert.False(state.DeleteExport("before-move"));
        foreach (var name in (string[])["", "../x", ".hidden", "a b"])
            Assert.Throws<StateException>(() => state.Export(name, ""));
    }

    [Fact]
    public void Files_are_their_owners_alone()
    {
        Open().Commit("secret\n", 0, "a", "");
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "history")));
    }

    [Fact]
    public void Two_processes_do_not_hold_it_at_once()
    {
        using (StateLock.Take(_folder, TimeSpan.Zero))
            Assert.Throws<StateException>(() => StateLock.Take(_folder, TimeSpan.FromMilliseconds(50)));
        StateLock.Take(_folder, TimeSpan.Zero).Dispose();
    }

    /// <summary>Every step of every operation is where the machine stops once: before the step, after it, or, where it writes, in the middle of it.</summary>
    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    [InlineData(Fault.Torn)]
    [InlineData(Fault.Full)]
    public void A_crash_at_any_step_leaves_the_old_or_the_new_configuration_whole(Fault fault)
    {
        var steps = 0;
        for (var step = 0; ; step++)
        {
            var folder = Path.Combine(_folder, $"{step}");
            var before = StateFolder.Open(folder, new DiskFiles(), _time);
            before.Commit("one\n", 0, "a", "");
            before.Commit("two\n", 1, "a", "", TimeSpan.FromMinutes(5));
            before.Confirm();
            var files = new FaultyFiles(new DiskFiles(), step, fault);
            var done = new List<string> { "two\n" };
            try
            {
                var state = StateFolder.Open(folder, files, _time);
                state.SaveCandidate("a", new Candidate(2, "three\n"));
                done.Add("three\n");
                state.Commit("three\n", 2, "a", "", TimeSpan.FromMinutes(5));
                done.Clear();
                done.Add("three\n");
                done.Add("four\n");
                state.Commit("four\n", 3, "a", "");
                done.Remove("three\n");
                state.SaveCandidate("a", null);
            }
            catch (IOException)
            {
                // The machine stopped here.
            }

            var after = StateFolder.Open(folder, new DiskFiles(), _time);
            Assert.Contains(after.RunningText(), done);
            Assert.Equal(after.RunningText(), after.HistoryText(after.Running));
            Assert.Equal(Enumerable.Range(1, after.Running).Reverse(), after.History().Select(commit => commit.Number));
            Assert.True(after.Candidate("a") is null or { Text: "three\n", Base: 2 });
            Assert.Equal(after.RunningText() == "three\n", after.Deadline is not null);
            Assert.Empty(Directory.EnumerateFiles(folder, "*.new", SearchOption.AllDirectories));

            // And it goes on from there.
            after.Commit("next\n", after.Running, "a", "");
            Assert.Equal("next\n", StateFolder.Open(folder, new DiskFiles(), _time).RunningText());
            if (!files.HasStopped)
            {
                steps = step;
                break;
            }
        }

        Assert.True(steps > 20, $"{steps} steps");
    }

    /// <summary>A second unconfirmed commit that a crash cuts short must not make the first one permanent.</summary>
    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    [InlineData(Fault.Torn)]
    public void A_crash_in_a_second_unconfirmed_commit_leaves_the_first_to_return(Fault fault)
    {
        var hasStopped = true;
        for (var step = 0; hasStopped; step++)
        {
            var folder = Path.Combine(_folder, $"{step}");
            var before = StateFolder.Open(folder, new DiskFiles(), _time);
            before.Commit("good\n", 0, "a", "");
            before.Commit("two\n", 1, "a", "", TimeSpan.FromMinutes(5));
            var files = new FaultyFiles(new DiskFiles(), step, fault);
            try
            {
                StateFolder.Open(folder, files, _time).Commit("three\n", 2, "a", "", TimeSpan.FromMinutes(5));
            }
            catch (IOException)
            {
                // The machine stopped here.
            }

            hasStopped = files.HasStopped;
            Assert.NotNull(StateFolder.Open(folder, new DiskFiles(), _time).Deadline);
            var later = new FixedTime(_time.Now + TimeSpan.FromHours(1));
            Assert.Equal("good\n", StateFolder.Open(folder, new DiskFiles(), later).RunningText());
        }
    }

    private StateFolder Open() => StateFolder.Open(_folder, new DiskFiles(), _time);

    public enum Fault
    {
        Before,
        After,
        Torn,
        Full,
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    // Stops at one step that changes something; from a full disk on, everything that writes fails.
    private sealed class FaultyFiles(IStateFiles files, int stopAt, Fault fault) : IStateFiles
    {
        private int _step;

        public bool HasStopped { get; private set; }

        public byte[]? Read(string path) => files.Read(path);

        public IReadOnlyList<string> List(string folder) => files.List(folder);

        public void MakeFolder(string path) => Step(() => files.MakeFolder(path));

        public void Write(string path, byte[] content) => Step(() => files.Write(path, content), () => files.Write(path, content[..(content.Length / 2)]));

        public void Flush(string path) => Step(() => files.Flush(path));

        public void Rename(string from, string to) => Step(() => files.Rename(from, to));

        public void FlushFolder(string folder) => Step(() => files.FlushFolder(folder));

        public void Delete(string path) => Step(() => files.Delete(path));

        private void Step(Action step, Action? torn = null)
        {
            if (HasStopped)
                throw new IOException("stopped");
            if (_step++ != stopAt)
            {
                step();
                return;
            }

            HasStopped = true;
            if (fault == Fault.After)
                step();
            else if (fault is Fault.Torn or Fault.Full)
                torn?.Invoke();
            throw new IOException(fault == Fault.Full ? "No space left on device" : "stopped");
        }
    }
}
