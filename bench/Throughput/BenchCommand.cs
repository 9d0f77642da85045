using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Warren.Bench.Throughput.Load;
using Warren.Lab;

namespace Warren.Bench.Throughput;

/// <summary><c>warren bench</c>: engines side by side on this machine, in turns.</summary>
public static class BenchCommand
{
    private const string Help = """
        Usage: warren bench [--engine NAME=COMMAND]… [--rounds N] [--seconds S] [--idle-seconds S] [--only PART[,PART]…]
                            [--mtu-sized] [--quick] [--json [FILE]]

        Measures this engine beside others on this machine, in network namespaces, in turns (A B A B …), and the plain cable
        between the two namespaces as the limit. Both ends of each tunnel, the programs that make the traffic and the kernel
        share the processors. Quote ratios of one run; absolute figures of a shared machine say little.

          --engine NAME=COMMAND  an engine to measure, run in the foreground, {if} where the interface's name goes; may be given
                                 several times. Without any: Debian's wireguard-go
          --rounds N             how often each is measured; 5
          --seconds S            of each TCP stream; 5
          --idle-seconds S       how long an idle engine is watched, once each; 60, 0 for not at all
          --only PART            of tcp, udp, rtt, memory, peers, handshakes, idle
          --mtu-sized            no segmentation offload on the cable, as on a card without it
          --quick                one short round, to see that it works: its figures mean nothing
          --json [FILE]          every value as JSON, to a file or instead of the table

        UDP sizes are payload: 64 bytes, and 1,372, which fill an MTU of 1,400. Round trips are those of 300 echo requests,
        idle and beside one TCP stream. Peers are applied by `wg setconf`. Handshakes come from 1,000 peers, 64 or 1 in
        flight, one in 97 completed to see that the answers are right. CPU is user and system time of the engines.
        What a lab needs, iperf3, wg, ethtool and Debian's wireguard-go are installed with apt-get where they are missing. What fails in one turn is
        told at the end, with exit code 1, beside what could be measured.

        Examples:
          warren bench
          warren bench --rounds 3 --only tcp,rtt --engine 'go=/opt/wireguard-go -f {if}'
          warren bench --mtu-sized --json bench.json

        """;

    /// <summary>Runs it.</summary>
    /// <param name="words">What stands behind <c>bench</c>.</param>
    /// <param name="output">For the table, or the JSON.</param>
    /// <param name="error">For progress and complaints.</param>
    /// <returns>0; 1 when something could not be measured; 2 when it was called wrongly.</returns>
    public static int Run(IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (words is ["load", ..])
            return LoadCommand.Run([.. words.Skip(1)]);
        if (words.Any(word => word is "-h" or "--help"))
        {
            output.Write(Help);
            return 0;
        }

        if (BenchOptions.Parse(words, out var fault) is not { } options)
        {
            error.Write($"warren bench: {fault}\nTry `warren bench --help'.\n");
            return 2;
        }

        try
        {
            return Measure(options, output, error) ? 0 : 1;
        }
        catch (Exception failure) when (failure is LabException or IOException or UnauthorizedAccessException)
        {
            error.Write($"warren bench: {failure.Message}\n");
            return 1;
        }
    }

    // Whether everything could be measured; what could is reported in any case.
    private static bool Measure(BenchOptions options, TextWriter output, TextWriter error)
    {
        // A file that cannot be written is told now, not after the last round.
        if (options.Json is { } file and not "-")
            File.Open(file, FileMode.Append).Dispose();
        var contenders = Contenders(options, error);
        var failures = new List<string>();
        var began = DateTimeOffset.Now;
        var samples = new Samples();
        var progress = new Progress(error, options.Rounds * contenders.Count);
        double? noise = null;
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var foreign = 0.0;
                if (!options.Quick)
                    noise = Math.Max(noise ?? 0, foreign = MachineFacts.WaitForQuiet());
                progress.Begin($"round {round} of {options.Rounds}, {contender.Name}");
                try
                {
                    new Measurement(options, contender, samples, progress.Tell).Run(round == 1);
                    progress.End(MachineFacts.IsNoisy(foreign) ? $"others used {foreign:P0} of the processors" : "");
                }
                catch (Exception failure) when (failure is LabException or IOException)
                {
                    failures.Add($"round {round}, {contender.Name}: {failure.Message}");
                    progress.End("failed");
                }
            }
        }

        progress.Clear();
        if (options.Json != "-")
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{began:yyyy-MM-dd HH:mm}, {MachineFacts.Processors}, {MachineFacts.Kernel}, .NET {Environment.Version}{(noise is { } share ? $"; others used at most {100 * share:0} % of the processors before a turn" : "")}"));
            ReportTable.Write(output, options, contenders, samples);
        }

        if (options.Json is { } path)
        {
            using var memory = new MemoryStream();
            ReportJson.Write(memory, options, contenders, samples, began, noise);
            var text = System.Text.Encoding.UTF8.GetString(memory.ToArray()) + "\n";
            if (path == "-")
                output.Write(text);
            else
                File.WriteAllText(path, text);
        }

        foreach (var failure in failures)
            error.Write($"warren bench: {failure}\n");
        return failures.Count == 0;
    }

    private static List<Contender> Contenders(BenchOptions options, TextWriter error)
    {
        LabTools.RequireRoot();
        Install(error, [.. LabTools.Needed, ("iperf3", "iperf3"), ("wg", "wireguard-tools"), ("ethtool", "ethtool")]);
        var contenders = new List<Contender> { new(BenchOptions.OwnName, BenchProgram.Path, "engine", "{if}") };
        if (options.Others.Count == 0)
        {
            Install(error, ("wireguard-go", "wireguard-go"));
            contenders.Add(new Contender("wireguard-go", LabTools.Find("wireguard-go")!, "-f", "{if}"));
        }

        contenders.AddRange(options.Others);
        contenders.Add(Contender.Cable);
        if (options.Others.FirstOrDefault(other => !File.Exists(other.Command[0]) && LabTools.Find(other.Command[0]) is null) is { } absent)
            throw new LabException($"{absent.Name}: there is no program {absent.Command[0]}");
        return contenders;
    }

    private static void Install(TextWriter error, params (string Program, string Package)[] needed)
    {
        var missing = needed.Where(need => LabTools.Find(need.Program) is null).Select(need => need.Package).Distinct().ToArray();
        if (missing.Length == 0)
            return;
        if (LabTools.Find("apt-get") is null)
            throw new LabException($"missing programs, and no apt-get to install them: {string.Join(' ', missing)}");
        error.WriteLine($"installing {string.Join(' ', missing)}");
        foreach (var words in (string[][])[["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", .. missing]])
        {
            var start = new ProcessStartInfo("apt-get", words) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
            using var apt = Process.Start(start) ?? throw new LabException("cannot start apt-get");
            var said = apt.StandardOutput.ReadToEndAsync();
            var complained = apt.StandardError.ReadToEnd();
            apt.WaitForExit();
            said.GetAwaiter().GetResult();
            if (apt.ExitCode != 0)
                throw new LabException($"apt-get could not install {string.Join(' ', missing)}: {complained.Trim()}");
        }
    }
}
