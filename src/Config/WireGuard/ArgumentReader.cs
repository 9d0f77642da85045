using System;
using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Config.WireGuard;

/// <summary>The words after <c>wg set INTERFACE</c>.</summary>
/// <param name="names">Resolves endpoints and ports.</param>
/// <param name="readKeyFile">Gives the text in a key file: empty for "remove", null when it complained itself.</param>
/// <param name="report">Receives wg's complaints and warnings, in its order.</param>
public sealed class ArgumentReader(INameResolver names, Func<string, string?> readKeyFile, Action<Diagnostic> report)
{
    private readonly SettingReader _values = new(names, report);
    private readonly List<PeerBuilder> _peers = [];
    private DeviceSettings _device = new();

    /// <summary>Reads them all. Null: complained, and nothing shall be changed.</summary>
    public DeviceSettings? Read(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        for (var i = 0; i < words.Count;)
        {
            if (Take(words[i], i + 1 < words.Count ? words[i + 1] : null) is not { } used)
                return null;
            i += used;
        }

        var peers = new List<PeerSettings>(_peers.Count);
        foreach (var peer in _peers)
            peers.Add(peer.Build()!);
        return _device with { Peers = peers };
    }

    /// <summary>How many words were used; null when it complained. The device's own words go before the first peer.</summary>
    private int? Take(string word, string? value)
    {
        var peer = _peers.Count > 0 ? _peers[^1] : null;
        var isTaken = (word, peer, value) switch
        {
            ("listen-port", null, { }) => (_device = _device with { ListenPort = _values.Port(value) }).ListenPort is not null,
            ("fwmark", null, { }) => (_device = _device with { FwMark = _values.FwMark(value) }).FwMark is not null,
            ("private-key", null, { }) => (_device = _device with { PrivateKey = PrivateKeyOf(value) }).PrivateKey is not null,
            ("peer", _, { }) => AddPeer(value),
            ("remove", { }, _) => peer.Remove = true,
            ("endpoint", { }, { }) => (peer.Endpoint = _values.Endpoint(value)) is not null,
            ("allowed-ips", { }, { }) => _values.AllowedIps(peer, IniSpace.Squeeze(value)),
            ("persistent-keepalive", { }, { }) => (peer.PersistentKeepalive = _values.Keepalive(value)) is not null,
            ("preshared-key", { }, { }) => (peer.PresharedKey = PresharedKeyOf(value)) is not null,
            _ => Invalid(word),
        };
        return !isTaken ? null : word == "remove" ? 1 : 2;
    }

    private bool AddPeer(string value)
    {
        if (_values.PublicKey(value) is not { } key)
            return false;
        _peers.Add(new PeerBuilder { PublicKey = key });
        return true;
    }

    private PrivateKey? PrivateKeyOf(string path) => readKeyFile(path) switch
    {
        null => null,
        "" => PrivateKey.FromBytes(stackalloc byte[PrivateKey.Size]),
        var text => _values.PrivateKey(text),
    };

    private PresharedKey? PresharedKeyOf(string path) => readKeyFile(path) switch
    {
        null => null,
        "" => PresharedKey.FromBytes(stackalloc byte[PresharedKey.Size]),
        var text => _values.PresharedKey(text),
    };

    private bool Invalid(string word)
    {
        _values.Error($"Invalid argument: {word}");
        return false;
    }
}
