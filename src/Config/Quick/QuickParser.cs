using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Warren.Config.WireGuard;

namespace Warren.Config.Quick;

/// <summary>
/// Takes wg-quick's own keys of [Interface] out of a configuration. Sections and keys are case-insensitive, '#' starts a
/// comment except in a hook, and lines that are not wg-quick's go to wg unread (wg-quick(8)).
/// </summary>
public sealed class QuickParser
{
    private const string LineSpace = " \t";
    private const string Space = " \t\n\v\f\r";
    private static readonly char[] ListSpace = [' ', '\t', ',', '\r', '\v', '\f'];

    private static readonly SearchValues<char> Dotted = SearchValues.Create("0123456789.");

    private readonly List<QuickProblem> _problems = [];
    private readonly List<InterfaceAddress> _addresses = [];
    private readonly List<string> _servers = [], _search = [];
    private readonly List<string> _preUp = [], _postUp = [], _preDown = [], _postDown = [];
    private readonly StringBuilder _wireGuard = new();
    private readonly List<int> _lines = [];
    private int? _mtu;
    private QuickValue _table = new("", 0);
    private bool _save;

    private QuickParser()
    {
    }

    /// <summary>Reads <paramref name="text"/> for the interface <paramref name="name"/>. Never throws on text.</summary>
    public static QuickParse Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        var parser = new QuickParser();
        parser.ReadLines(IniDocument.Parse(text));
        return new(parser.Build(name), parser._problems);
    }

    private void ReadLines(IniDocument document)
    {
        var isInterface = false;
        foreach (var line in document.Lines)
        {
            var name = line.Code.TrimStart(Space);
            if (name.StartsWith('['))
                isInterface = line.IsSection("Interface");
            if (isInterface && TryTake(line))
                continue;
            // As the shell's `read': blanks and tabs at both ends go, a carriage return stays.
            _wireGuard.Append(line.Text.AsSpan().Trim(LineSpace)).Append('\n');
            _lines.Add(line.Number);
        }
    }

    private bool TryTake(IniLine line)
    {
        var bare = line.Kind == IniLineKind.Unknown ? line.Code.Trim(Space).ToString() : line.Name;
        if (Keyword(bare) is not { } key)
            return false;
        if (line.Kind != IniLineKind.Setting)
        {
            Report(line.Number, $"`{bare}' has no value: write {key} = VALUE");
            return true;
        }

        var (value, number) = (line.Value, line.Number);
        switch (key)
        {
            case "Address": TakeAddresses(value, number); break;
            case "DNS": TakeDns(value); break;
            case "MTU": TakeMtu(value, number); break;
            case "Table": _table = new(value, number); break;
            case "SaveConfig": TakeSave(value, number); break;
            // A hook is the shell's: its '#' is not ours to read.
            case "PreUp": _preUp.Add(line.WholeValue); break;
            case "PostUp": _postUp.Add(line.WholeValue); break;
            case "PreDown": _preDown.Add(line.WholeValue); break;
            case "PostDown": _postDown.Add(line.WholeValue); break;
        }

        return true;
    }

    private static string? Keyword(string key)
    {
        foreach (var word in QuickKeys.All)
        {
            if (key.Equals(word, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        return null;
    }

    private void TakeAddresses(string value, int number)
    {
        foreach (var text in value.Split(ListSpace, StringSplitOptions.RemoveEmptyEntries))
        {
            if (InterfaceAddress.TryParse(text) is { } address)
                _addresses.Add(address);
            else
                Report(number, $"`{text}' is not an address: write Address = 10.0.0.1/24 or fd00::1/64");
        }
    }

    private void TakeDns(string value)
    {
        foreach (var text in value.Split(ListSpace, StringSplitOptions.RemoveEmptyEntries))
        {
            var isServer = text.Contains(':', StringComparison.Ordinal) || !text.AsSpan().ContainsAnyExcept(Dotted);
            (isServer ? _servers : _search).Add(text);
        }
    }

    // 68: the least an IPv4 link may have (RFC 791); 65535: what a TUN takes.
    private void TakeMtu(string value, int number)
    {
        _mtu = null;
        if (value.Length == 0)
            return;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) && mtu is >= 68 and <= 65535)
            _mtu = mtu;
        else
            Report(number, $"`{value}' is not an MTU: write a number of bytes from 68 to 65535, or leave the line out");
    }

    private void TakeSave(string value, int number)
    {
        if (value.Equals("true", StringComparison.OrdinalIgnoreCase))
            _save = true;
        else if (value.Equals("false", StringComparison.OrdinalIgnoreCase))
            _save = false;
        else
            _problems.Add(new(number, $"`{value}' is neither true nor false", IsUpstreamText: true));
    }

    private void Report(int line, string message) => _problems.Add(new(line, message));

    private QuickConfig Build(string name) => new()
    {
        Name = name,
        Addresses = _addresses,
        DnsServers = _servers,
        DnsSearch = _search,
        Mtu = _mtu,
        Table = _table,
        PreUp = _preUp,
        PostUp = _postUp,
        PreDown = _preDown,
        PostDown = _postDown,
        SaveConfig = _save,
        WireGuardText = _wireGuard.ToString(),
        WireGuardLines = _lines,
    };
}
