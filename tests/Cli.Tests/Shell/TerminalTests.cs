using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Warren.RouterAgent.State;

namespace Warren.Cli.Tests.Shell;

/// <summary>The shell on a real terminal: a pseudo-terminal that script(1) holds.</summary>
public sealed class TerminalTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("warren-pty-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tab_completes_a_question_mark_helps_and_a_line_is_edited()
    {
        using var terminal = new Terminal(_folder, 80);
        terminal.Wait("alice@r1# ");
        terminal.Type("configu\tauth\ttenant guests\r");
        terminal.Wait("(tenant[name=guests])# ");
        terminal.Type("?");
        terminal.Wait("Tenant Attributes\r\n-----------------\r\n");
        terminal.Wait("Return to the root menu");

        // "descriptiXon hi": the X is taken out with the arrows and Backspace.
        terminal.Type("descriptiXon hi\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u007f\r");
        terminal.Type("top\r");
        terminal.Type("compare config\r");
        terminal.Wait("description  hi");
        terminal.Type("\u0004");
        Assert.Equal(0, terminal.Leave());
    }

    [Fact]
    public void A_paste_of_ten_thousand_lines_is_taken_line_by_line_and_says_which_failed()
    {
        var text = new StringBuilder("config\rauthority\r");
        for (var i = 0; i < 1999; i++)
            text.Append(CultureInfo.InvariantCulture, $"service s{i}\raddress 10.{i >> 8}.{i & 255}.0/24\raccess-policy a\rexit\rexit\r");
        text.Append("servce x\rexit\rexit\r");
        using var terminal = new Terminal(_folder, 80);
        terminal.Wait("alice@r1# ");
        terminal.Type($"\u001b[200~{text}\u001b[201~");
        terminal.Wait("line 9998: servce x");
        terminal.Wait("10000 lines taken, 1 with an error");
        terminal.Type("search s1998\r");
        terminal.Wait("service s1998 address               10.7.206.0/24");
        terminal.Type("quit\r");
        Assert.Equal(0, terminal.Leave());
    }

    [Fact]
    public void Ctrl_C_at_the_question_of_a_commit_commits_nothing_and_the_candidate_stays()
    {
        using (var terminal = new Terminal(_folder, 80))
        {
            terminal.Wait("alice@r1# ");
            terminal.Type("configure authority tenant a\rtop\rcommit\r");
            terminal.Wait("commit the candidate config? [y/N]: ");
            terminal.Type("\u0003");
            terminal.Wait("Operation canceled");
            terminal.Type("\u0003\u0003commit\r");
            terminal.Wait("[y/N]: ", 2);
            terminal.Kill();
        }

        var state = StateFolder.Open(_folder, new DiskFiles(), TimeProvider.System);
        Assert.Equal(0, state.Running);
        Assert.Contains("tenant             a", state.Candidate("alice")!.Text, StringComparison.Ordinal);
        using var again = new Terminal(_folder, 80);
        again.Wait("*alice@r1# ");
        again.Type("commit\ry\r");
        again.Wait("Configuration committed");
        again.Type("quit\r");
        Assert.Equal(0, again.Leave());
        Assert.Equal(1, StateFolder.Open(_folder, new DiskFiles(), TimeProvider.System).Running);
    }

    [Fact]
    public void At_forty_columns_a_long_line_wraps_and_is_read_whole()
    {
        using var terminal = new Terminal(_folder, 40);
        terminal.Wait("alice@r1# ");
        var words = string.Join(' ', Enumerable.Repeat("word", 30));
        terminal.Type($"configure authority tenant wide description \"{words}\"\r");
        terminal.Type("compare config\r");
        terminal.Wait(words);
        terminal.Type("\u0004");
        Assert.Equal(0, terminal.Leave());
    }

    private sealed class Terminal : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _seen = new();
        private readonly Task _reading;

        public Terminal(string folder, int columns)
        {
            var command = $"stty cols {columns} rows 40; exec {Program} pcli --state {folder} --router r1 --user alice";
            _process = Process.Start(new ProcessStartInfo("script", ["-qefc", command, "/dev/null"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" },
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            _reading = Task.Run(Read);
        }

        private static string Program
        {
            get
            {
                var folder = AppContext.BaseDirectory;
                while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
                    folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Warren.slnx");
                return Directory.GetFiles(Path.Combine(folder, "artifacts/bin/Warren.Cli"), "warren", SearchOption.AllDirectories).First(path => path.Contains("release", StringComparison.Ordinal));
            }
        }

        public void Type(string keys)
        {
            _process.StandardInput.Write(keys);
            _process.StandardInput.Flush();
        }

        public void Wait(string text, int times = 1)
        {
            var until = Stopwatch.StartNew();
            while (until.Elapsed < Soon)
            {
                lock (_seen)
                {
                    if (Count(_seen.ToString(), text) >= times)
                        return;
                }

                Thread.Sleep(10);
            }

            lock (_seen)
                Assert.Fail($"\"{text}\" was not seen in\n{_seen}");
        }

        public int Leave()
        {
            Assert.True(_process.WaitForExit(Soon), "the shell did not end");
            return _process.ExitCode;
        }

        public void Kill() => _process.Kill(entireProcessTree: true);

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _reading.Wait(Soon);
            _process.Dispose();
        }

        private static int Count(string text, string part)
        {
            var count = 0;
            for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
                count++;
            return count;
        }

        private async Task Read()
        {
            var buffer = new char[4096];
            int count;
            while ((count = await _process.StandardOutput.ReadAsync(buffer)) > 0)
            {
                lock (_seen)
                    _seen.Append(buffer, 0, count);
            }
        }
    }
}
