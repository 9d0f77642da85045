using System.Collections.Generic;
using System.IO;
using Warren.Engine.Drops;
using Warren.Engine.Uapi;
using Warren.Protocol;

namespace Warren.Cli.Wg;

/// <summary>Why packets were dropped, for people: per reason how many, and what the last one was.</summary>
internal sealed class DropPrinter(Invocation invocation)
{
    private readonly TextWriter _output = invocation.Output;
    private readonly Palette _palette = Palette.Of(invocation);
    private readonly long _now = invocation.Machine.UnixTime();

    internal void Print(string name, DropReport report)
    {
        var (reset, green, yellow) = (_palette.Reset, _palette.Green, _palette.Yellow);
        _output.Write($"{reset}{green}{_palette.Bold}interface{reset}: {green}{name}{reset}\n");
        if (report.Device.Count == 0)
            _output.Write("  nothing was dropped\n");
        Print(report.Device);
        foreach (var peer in report.Peers)
        {
            _output.Write($"\n{yellow}{_palette.Bold}peer{reset}: {yellow}{peer.Peer}{reset}\n");
            Print(peer.Drops);
        }
    }

    private void Print(IReadOnlyList<DropRecord> records)
    {
        foreach (var record in records)
            _output.Write($"  {_palette.Bold}{record.Reason.ToText()}{_palette.Reset}: {record.Count}, last {Describe(record.Last)}\n");
    }

    private string Describe(DropEvidence last)
    {
        var parts = new List<string> { Amounts.Ago(_now, last.Seconds, _palette) };
        if (last.Size != 0)
            parts.Add($"{last.Size} {_palette.Cyan}B{_palette.Reset}");
        if (last.Endpoint is { } endpoint)
            parts.Add($"endpoint {EndpointText.Format(endpoint)}");
        if (last.Key is { } key)
            parts.Add($"key {key}");
        if (last.InnerSource is { } source)
            parts.Add($"inner source {source}");
        if (last.InnerDestination is { } destination)
            parts.Add($"inner destination {destination}");
        return string.Join(", ", parts);
    }
}
