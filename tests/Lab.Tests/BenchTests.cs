using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Warren.Bench.Throughput;

namespace Warren.Lab.Tests;

/// <summary><c>warren bench</c> of the published program. No speed is demanded: the machine may be busy.</summary>
[Trait("Category", "Root")]
public sealed class BenchTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    // What a quick run leaves out, and what belongs to the idle part.
    private static readonly Figure[] NotMeasured = [Figure.Peers10000, Figure.PeersResident, Figure.IdleProcessor];
    private static readonly Figure[] MayBeZero = [Figure.Retransmits, Figure.Reordered, Figure.Cookies, Figure.Processor, Figure.ProcessorSender, Figure.ProcessorReceiver, Figure.Udp64Processor];
    private static readonly Figure[] OfTheCable =
    [
        Figure.Tcp1, Figure.Tcp1Reverse, Figure.Tcp4, Figure.Tcp4Reverse, Figure.Retransmits, Figure.Udp64, Figure.Udp1372, Figure.Reordered,
        Figure.IdleMedian, Figure.IdleTail, Figure.LoadedMedian, Figure.LoadedTail,
    ];

    [Fact]
    public async Task A_quick_run_beside_wireguard_go_gives_every_figure()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, table, error) = await Run("warren", "bench", "--quick", "--rounds", "1", "--only", "tcp,rtt,udp,memory,peers,handshakes", "--json", file);
            Assert.True(code == 0, error);
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var contenders = document.RootElement.GetProperty("contenders");
            Assert.Equal(["warren", "wireguard-go", "veth"], contenders.EnumerateObject().Select(contender => contender.Name));
            foreach (var contender in contenders.EnumerateObject())
            {
                var figures = contender.Value.GetProperty("figures");
                var expected = contender.Name == "veth" ? OfTheCable : Figure.All.Except(NotMeasured);
                Assert.Equal(expected.Select(figure => figure.Key).Order(), figures.EnumerateObject().Select(figure => figure.Name).Order());
                foreach (var figure in expected)
                {
                    var value = Assert.Single(figures.GetProperty(figure.Key).GetProperty("values").EnumerateArray()).GetDouble();
                    Assert.InRange(value, MayBeZero.Contains(figure) ? 0 : 0.1, 1e6);
                }
            }

            Assert.Equal(0, contenders.GetProperty("warren").GetProperty("figures").GetProperty(Figure.Reordered.Key).GetProperty("median").GetDouble());
            var titles = table.Split('\n').Skip(3).Where(line => line.Length > 0).ToArray();
            Assert.Equal(Figure.All.Except(NotMeasured).Select(figure => figure.Title), titles.Select(line => line[..line.IndexOf("  ", 2, StringComparison.Ordinal)]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_engine_that_fails_does_not_take_the_others_along()
    {
        var (code, table, error) = await Run("warren", "bench", "--quick", "--only", "memory", "--engine", "broken=/bin/false {if}", "--engine", "go=wireguard-go -f {if}");
        Assert.Equal(1, code);
        Assert.Contains("warren bench: round 1, broken: broken ended at once", error, StringComparison.Ordinal);
        var idle = table.Split('\n').Single(line => line.StartsWith(Figure.ResidentIdle.Title, StringComparison.Ordinal))[Figure.ResidentIdle.Title.Length..];
        Assert.Matches(@"^ +[0-9.]+ +- +[0-9.]+ +- +- +[0-9.]+$", idle);
    }

    [Theory]
    [InlineData("none: there is no program /nowhere/wg", "--engine", "none=/nowhere/wg {if}")]
    [InlineData("/nowhere/bench.json", "--json", "/nowhere/bench.json")]
    public async Task What_would_fail_at_the_end_is_told_at_once(string complaint, params string[] words)
    {
        var (code, output, error) = await Run(["warren", "bench", .. words]);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
        Assert.DoesNotContain("round 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_than_root_are_told_so()
    {
        var (code, output, error) = await Run("setpriv", "--reuid", "65534", "--clear-groups", "warren", "bench");
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Equal("warren bench: a lab makes namespaces and links: run it as root\n", error);
    }

    [Fact]
    public async Task An_interrupt_leaves_nothing()
    {
        // env: a shell that starts tests in the background has them, and what they start, ignore the interrupt.
        using var bench = Start("env", "--default-signal=INT", "warren", "bench", "--quick", "--seconds", "30", "--only", "tcp");
        var output = bench.StandardOutput.ReadToEndAsync();
        var error = bench.StandardError.ReadToEndAsync();
        try
        {
            Poll.WaitUntil("both engines and a stream run", () => Descendants(bench.Id).Select(CommandLine) is var all
                && all.Count(line => line.EndsWith(" engine wg0", StringComparison.Ordinal) && !line.Contains("nsenter", StringComparison.Ordinal)) >= 2
                && all.Any(line => line.StartsWith("iperf3 ", StringComparison.Ordinal)), Bound);
            var processes = Descendants(bench.Id);
            using (var kill = Process.Start("kill", ["-INT", $"{bench.Id}"]))
                await kill.WaitForExitAsync();
            Assert.True(bench.WaitForExit(Bound), "it did not end");
            Poll.WaitUntil("all its processes are gone", () => !processes.Any(id => CommandLine(id).Length > 0), Bound,
                () => string.Join('\n', processes.Select(CommandLine)));
            Assert.Equal("", await output);
            Assert.DoesNotContain("Unhandled", await error, StringComparison.Ordinal);
            Assert.Equal(130, bench.ExitCode);
        }
        finally
        {
            bench.Kill();
        }
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] words)
    {
        using var process = Start(words);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            Assert.True(process.WaitForExit(Bound * 6), "it did not end");
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill();
        }
    }

    private static Process Start(params string[] words)
    {
        var program = ProgramUnderTest.Require();
        string[] all = [.. words.Select(word => word == "warren" ? program : word)];
        return Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    // proc(5): the parent is the second word behind the name, which may hold anything, in parentheses.
    private static List<int> Descendants(int ancestor)
    {
        var children = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!))
            .Select(id => (Id: id, Stat: Read($"/proc/{id}/stat"))).Where(process => process.Stat.Length > 0)
            .ToLookup(process => int.Parse(process.Stat[(process.Stat.LastIndexOf(')') + 2)..].Split(' ')[1]), process => process.Id);
        var found = new List<int>(children[ancestor]);
        for (var i = 0; i < found.Count; i++)
            found.AddRange(children[found[i]]);
        return found;
    }

    private static string CommandLine(int id) => Read($"/proc/{id}/cmdline").TrimEnd('\0').Replace('\0', ' ');

    // A process may end between its name and its file: then it says nothing.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
