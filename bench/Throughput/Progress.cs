using System;
using System.Diagnostics;
using System.IO;

namespace Warren.Bench.Throughput;

/// <summary>How far a run is: a line that is rewritten on a terminal, a line per turn elsewhere.</summary>
internal sealed class Progress(TextWriter output, int turns)
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _turn = "";
    private int _done;

    public void Begin(string turn)
    {
        _turn = turn;
        Tell("starting");
    }

    public void Tell(string part)
    {
        if (_isTerminal)
            output.Write($"\r\e[K{_turn}: {part}{Left()}");
    }

    public void End(string remark)
    {
        _done++;
        var text = remark.Length > 0 ? $"{_turn}: {remark}" : _turn;
        if (_isTerminal && remark.Length > 0)
            output.Write($"\r\e[K{text}\n");
        else if (!_isTerminal)
            output.Write($"{text}{Left()}\n");
    }

    public void Clear()
    {
        if (_isTerminal)
            output.Write("\r\e[K");
    }

    private string Left() => _done == 0 ? "" : $", about {Math.Ceiling(_clock.Elapsed.TotalMinutes / _done * (turns - _done)):0} min left";
}
