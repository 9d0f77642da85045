using System;
using System.Collections.Generic;
using System.Globalization;
using Warren.Linux;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>
/// Reads a <c>set=1</c> request line by line, as it comes from a socket, without holding its text. Not thread safe.
/// The caller has read "set=1" itself and ends at the empty line.
/// </summary>
/// <remarks>
/// Nothing is applied here: a request that is refused half way has changed nothing unless the caller applies what
/// <see cref="Finish"/> gives all the same. Unknown keys and any boolean other than "true" are EINVAL, a line without "=" is EPROTO,
/// as wireguard-go answers. The keys it made belong to whoever takes what <see cref="Finish"/> gives.
/// </remarks>
public sealed class SetParser
{
    /// <summary>Peers one request may name: a full device's removed and as many added. A request is held whole, hence has an end.</summary>
    public const int MaxPeers = 2 * Constants.MaxPeers;

    /// <summary>Allowed IPs one request may name, over all its peers.</summary>
    public const int MaxAllowedIps = 1 << 21;

    private readonly List<PeerChange> _peers = [];
    private readonly List<AllowedIpChange> _allowedIps = [];
    private DeviceChange _device = new();
    private PeerChangeBuilder? _peer;
    private int _peerCount;
    private int _allowedIpCount;

    /// <summary>Takes one line, without its newline. False: <paramref name="fault"/> says why, and nothing of the line was taken.</summary>
    public bool TryAdd(ReadOnlySpan<char> line, out UapiFault fault)
    {
        fault = default;
        var equals = line.IndexOf('=');
        if (equals < 0)
        {
            fault = new(Errno.EPROTO, "a line has no '='");
            return false;
        }

        var key = line[..equals];
        var value = line[(equals + 1)..];
        if (key is "public_key")
        {
            if (PublicKey.TryParseHex(value, out var publicKey))
            {
                if (_peerCount == MaxPeers)
                {
                    fault = new(Errno.E2BIG, $"one request names more than {MaxPeers} peers");
                    return false;
                }

                _peerCount++;
                FinishPeer();
                _peer = new PeerChangeBuilder(publicKey);
                return true;
            }
        }
        else if (key is "allowed_ip" && _allowedIpCount == MaxAllowedIps)
        {
            fault = new(Errno.E2BIG, $"one request names more than {MaxAllowedIps} allowed IPs");
            return false;
        }
        else if (_peer is null ? TryAddToDevice(key, value) : TryAddToPeer(_peer, key, value))
        {
            return true;
        }

        fault = new(Errno.EINVAL, $"'{Printable(key)}' is unknown here, or its value is not valid");
        return false;
    }

    /// <summary>Everything taken. The parser is spent.</summary>
    public DeviceChange Finish()
    {
        FinishPeer();
        return _device with { Peers = _peers };
    }

    private bool TryAddToDevice(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        switch (key)
        {
            case "private_key" when PrivateKey.TryParseHex(value, out var privateKey):
                _device.PrivateKey?.Dispose();
                _device = _device with { PrivateKey = privateKey };
                return true;
            case "listen_port" when TryParse(value, out ushort port):
                _device = _device with { ListenPort = port };
                return true;
            case "fwmark" when TryParse(value, out uint mark):
                _device = _device with { FwMark = mark };
                return true;
            case "bind_address" when IpAddress.TryParse(value, out var address):
                _device = _device with { BindAddress = address };
                return true;
            case "replace_peers" when value is "true":
                _device = _device with { ReplacePeers = true };
                return true;
            default:
                return false;
        }
    }

    private bool TryAddToPeer(PeerChangeBuilder peer, ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        switch (key)
        {
            case "update_only" when value is "true":
                peer.UpdateOnly = true;
                return true;
            case "remove" when value is "true":
                peer.Remove = true;
                return true;
            case "preshared_key" when PresharedKey.TryParseHex(value, out var presharedKey):
                peer.PresharedKey = presharedKey;
                return true;
            case "endpoint" when EndpointText.TryParse(value, out var endpoint):
                peer.Endpoint = endpoint;
                return true;
            case "persistent_keepalive_interval" when TryParse(value, out ushort seconds):
                peer.PersistentKeepalive = seconds;
                return true;
            case "replace_allowed_ips" when value is "true":
                // Applied in the order of the lines: what this request itself added before is taken away again.
                _allowedIps.Clear();
                peer.ReplaceAllowedIps = true;
                return true;
            case "allowed_ip" when TryParse(value, out AllowedIpChange allowedIp):
                _allowedIps.Add(allowedIp);
                _allowedIpCount++;
                return true;
            case "protocol_version" when value is "1":
                return true;
            default:
                return false;
        }
    }

    private void FinishPeer()
    {
        if (_peer is null)
            return;
        _peers.Add(_peer.Build(_allowedIps));
        _allowedIps.Clear();
        _peer = null;
    }

    private static bool TryParse(ReadOnlySpan<char> value, out ushort number) =>
        ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParse(ReadOnlySpan<char> value, out uint number) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParse(ReadOnlySpan<char> value, out AllowedIpChange allowedIp)
    {
        allowedIp = default;
        var remove = value is ['-', ..];
        if (remove)
            value = value[1..];
        var slash = value.IndexOf('/');
        if (slash < 0 || !IpAddress.TryParse(value[..slash], out var address)
            || !byte.TryParse(value[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > address.BitLength)
            return false;
        allowedIp = new(address, length, remove);
        return true;
    }

    /// <summary>A key as a log may show it: a client may send anything.</summary>
    private static string Printable(ReadOnlySpan<char> key)
    {
        Span<char> shown = stackalloc char[Math.Min(key.Length, 40)];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = char.IsAsciiLetterOrDigit(key[i]) || key[i] == '_' ? key[i] : '?';
        return new string(shown);
    }
}
