using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Warren.Cli.Wg;
using Warren.Config;
using Warren.Config.Documents;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Cli.Check;

/// <summary><c>warren check</c>: reads files and folders, has them judged by Fabric, and prints, or writes the fixes. Nothing else is touched.</summary>
internal static class CheckVerb
{
    private const int Clean = 0;
    private const int ErrorsFound = 1;
    private const int Misused = 2;

    private const string Help = """
        Usage: warren check [--fix] [--json] [--quiet] PATH…
               warren check --rules

        Reads WireGuard configurations as people wrote them and says why they will not work, or will surprise: files of wg-quick, wg,
        NetworkManager (.nmconnection) and systemd-networkd (.netdev, .network), authority files, and articles with such blocks in them.
        All that is given is put together: who is whose peer is found by keys and addresses, and both ends are held against each other.
        Nothing is sent, and no key but public ones is ever printed.

          PATH       a file, a folder with all that is in it, or - for standard input
          --fix      write every fix that has one answer, then say what is left
          --json     the findings as JSON
          --quiet    errors and warnings only, no remarks
          --rules    list the rules

        The exit code is 0 when there is no error, 1 when there is one, 2 when the command is wrong or a file cannot be read.

        Examples:
          warren check /etc/wireguard
          warren check hub/wg0.conf site1/wg0.conf site2/wg0.conf
          warren check --fix laptop.nmconnection server.conf
          warren check howto.md
          ssh host cat /etc/wireguard/wg0.conf | warren check - here.conf

        """;

    internal static int Run(Invocation invocation)
    {
        bool fix = false, json = false, quiet = false, onlyPaths = false;
        var paths = new List<string>();
        foreach (var argument in invocation.Arguments)
        {
            switch (argument)
            {
                case "--" when !onlyPaths:
                    onlyPaths = true;
                    break;
                case "-h" or "--help" when !onlyPaths:
                    invocation.Output.Write(Help);
                    return Clean;
                case "--rules" when !onlyPaths:
                    WriteRules(invocation);
                    return Clean;
                case "--fix" when !onlyPaths:
                    fix = true;
                    break;
                case "--json" when !onlyPaths:
                    json = true;
                    break;
                case "--quiet" or "-q" when !onlyPaths:
                    quiet = true;
                    break;
                case ['-', _, ..] when !onlyPaths:
                    return Usage(invocation, $"there is no option `{argument}'");
                default:
                    paths.Add(argument);
                    break;
            }
        }

        if (paths.Count == 0)
            return Usage(invocation, "no file is named");
        var reader = new InputFiles(invocation);
        foreach (var path in paths)
            reader.Add(path);
        var files = reader.Files;
        var report = Checker.Check(files);
        if (fix)
            (files, report) = Fix(invocation, reader, files, report);
        if (quiet)
            report = report with { Remarks = [.. report.Remarks.Where(remark => remark.Finding.Severity > Severity.Info)] };
        if (json)
            CheckJson.Write(invocation.Output, files, report);
        else
            Write(invocation, files, report);
        if (reader.HasFailed)
            return Misused;
        return report.Remarks.Any(remark => remark.Finding.Severity == Severity.Error) ? ErrorsFound : Clean;
    }

    // One fix may make the next possible; what is left after a few rounds is for a person.
    private static (IReadOnlyList<CheckedFile> Files, CheckReport Report) Fix(Invocation invocation, InputFiles reader, IReadOnlyList<CheckedFile> files, CheckReport report)
    {
        const int Rounds = 4;
        var changes = new int[files.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var bySource = report.Remarks.ToLookup(remark => remark.Finding.Position.Source);
            var next = new CheckedFile[files.Count];
            var changed = 0;
            for (var i = 0; i < files.Count; i++)
            {
                var (text, count) = reader.CanWrite(i) ? Checker.Fix(files[i], bySource[files[i].Source]) : (files[i].Source.Text, 0);
                next[i] = count == 0 ? files[i] : files[i] with { Source = new SourceText(files[i].Source.Name, text) };
                changes[i] += count;
                changed += count;
            }

            if (changed == 0)
                break;
            files = next;
            report = Checker.Check(files);
        }

        for (var i = 0; i < files.Count; i++)
        {
            if (changes[i] > 0 && reader.Write(i, files[i].Source.Text))
                invocation.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{files[i].Source.Name}: {Count(changes[i], "change")} written\n"));
        }

        return (files, report);
    }

    private static void Write(Invocation invocation, IReadOnlyList<CheckedFile> files, CheckReport report)
    {
        var palette = Palette.Of(invocation);
        var output = invocation.Output;
        foreach (var remark in report.Remarks)
        {
            var finding = remark.Finding;
            var colour = finding.Severity switch { Severity.Error => palette.Red, Severity.Warning => palette.Yellow, _ => palette.Cyan };
            output.Write($"{palette.Bold}{finding.Position}:{palette.Reset} {colour}{Finding.Word(finding.Severity)}{palette.Reset}: {finding.Message} [{finding.Rule}]\n");
            if (finding.Fix is { } fix)
                output.Write($"    {palette.Green}fix:{palette.Reset} {fix}\n");
        }

        var counts = report.Remarks.ToLookup(remark => remark.Finding.Severity);
        output.Write($"{(report.Remarks.Count > 0 ? "\n" : "")}{Count(files.Count, "file")}, {Count(report.Tunnels, "interface")} of {Count(report.Hosts, "host")} in {Count(report.Networks, "network")}: "
            + $"{Count(counts[Severity.Error].Count(), "error")}, {Count(counts[Severity.Warning].Count(), "warning")}, {Count(counts[Severity.Info].Count(), "remark")}\n");
    }

    private static void WriteRules(Invocation invocation)
    {
        var rules = ReadingRules.All.Concat(RuleTable.Rules.Select(rule => (rule.Id, rule.Summary))).ToList();
        var width = rules.Max(rule => rule.Id.Length);
        foreach (var (id, summary) in rules)
            invocation.Output.Write($"{id.PadRight(width)}  {summary}\n");
    }

    private static int Usage(Invocation invocation, string problem)
    {
        invocation.Error.Write($"warren check: {problem}; `warren check --help' says what there is\n");
        return Misused;
    }

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
