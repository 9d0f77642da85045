using System;
using System.Collections.Generic;
using System.Text;
using Warren.Protocol.Keys;

namespace Warren.Config.WireGuard;

/// <summary>
/// A configuration file as <c>wg setconf</c>, <c>addconf</c> and <c>syncconf</c> read it: all white space and comments are
/// deleted, case does not matter, wg-quick's keys are unknown, repeated keys overwrite (AllowedIPs add up).
/// </summary>
/// <remarks>Feed it every line until <see cref="TryTake"/> says no, as wg does; a checker may go on and collect all complaints.</remarks>
public sealed class FileReader
{
    private readonly SettingReader _values;
    private readonly List<PeerBuilder> _peers = [];
    private DeviceSettings _device;
    private PeerBuilder? _peer;
    private bool _inInterface;

    /// <summary>A reader for one file.</summary>
    /// <param name="append">True for addconf: only what the file mentions is asked for. False: what it leaves out is reset.</param>
    /// <param name="names">Resolves endpoints and ports as their lines are read.</param>
    /// <param name="report">Receives wg's complaints and warnings, in its order.</param>
    public FileReader(bool append, INameResolver names, Action<Diagnostic> report)
    {
        _values = new SettingReader(names, report);
        _device = append
            ? new DeviceSettings()
            : new DeviceSettings
            {
                PrivateKey = PrivateKey.FromBytes(stackalloc byte[PrivateKey.Size]),
                ListenPort = 0,
                FwMark = 0,
                ReplacePeers = true,
            };
    }

    /// <summary>Takes one line. False: wg ends here with "Configuration parsing error".</summary>
    public bool TryTake(IniLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _values.Position = line.Position;
        var text = line.Squeeze();
        if (text.Length == 0)
            return true;
        if (Ascii.EqualsIgnoreCase(text, "[Interface]"))
        {
            (_inInterface, _peer) = (true, null);
            return true;
        }

        if (Ascii.EqualsIgnoreCase(text, "[Peer]"))
        {
            _peers.Add(_peer = new PeerBuilder { Position = line.Position, ReplaceAllowedIps = true });
            _inInterface = false;
            return true;
        }

        var taken = _peer is { } peer ? TakeForPeer(peer, text) : _inInterface ? TakeForInterface(text) : null;
        if (taken is null)
            _values.Error($"Line unrecognized: `{text}'");
        return taken ?? false;
    }

    /// <summary>What was asked. Null: a peer has no public key, and wg ends with "Invalid configuration".</summary>
    public DeviceSettings? Finish()
    {
        var peers = new List<PeerSettings>(_peers.Count);
        foreach (var builder in _peers)
        {
            _values.Position = builder.Position;
            if (builder.Build() is { } peer)
            {
                peers.Add(peer);
                continue;
            }

            _values.Error("A peer is missing a public key");
            return null;
        }

        return _device with { Peers = peers };
    }

    /// <summary>Null: no such key here.</summary>
    private bool? TakeForInterface(string text)
    {
        if (Value(text, "ListenPort=") is { } port)
            return (_device = _device with { ListenPort = _values.Port(port) }).ListenPort is not null;
        if (Value(text, "FwMark=") is { } mark)
            return (_device = _device with { FwMark = _values.FwMark(mark) }).FwMark is not null;
        if (Value(text, "PrivateKey=") is { } key)
            return (_device = _device with { PrivateKey = _values.PrivateKey(key) }).PrivateKey is not null;
        return null;
    }

    /// <summary>Null: no such key here.</summary>
    private bool? TakeForPeer(PeerBuilder peer, string text)
    {
        if (Value(text, "Endpoint=") is { } endpoint)
            return (peer.Endpoint = _values.Endpoint(endpoint)) is not null;
        if (Value(text, "PublicKey=") is { } publicKey)
            return (peer.PublicKey = _values.PublicKey(publicKey)) is not null;
        if (Value(text, "AllowedIPs=") is { } allowedIps)
            return _values.AllowedIps(peer, allowedIps);
        if (Value(text, "PersistentKeepalive=") is { } seconds)
            return (peer.PersistentKeepalive = _values.Keepalive(seconds)) is not null;
        if (Value(text, "PresharedKey=") is { } presharedKey)
            return (peer.PresharedKey = _values.PresharedKey(presharedKey)) is not null;
        return null;
    }

    /// <summary>What follows the key; null for another key, and for an empty value, which wg does not recognise either.</summary>
    private static string? Value(string text, string key) =>
        text.Length > key.Length && Ascii.EqualsIgnoreCase(text.AsSpan(0, key.Length), key) ? text[key.Length..] : null;
}
