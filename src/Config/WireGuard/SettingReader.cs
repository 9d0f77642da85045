using System;
using System.Globalization;
using System.Text;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Config.WireGuard;

/// <summary>The values that configuration files and <c>wg set</c> share, each with wg's own complaint. Null or false: complained.</summary>
internal sealed class SettingReader(INameResolver names, Action<Diagnostic> report)
{
    /// <summary>Where the value at hand stands.</summary>
    internal TextPosition Position { get; set; }

    internal ushort? Port(string value)
    {
        if (value.Length == 0)
            Error("Unable to parse empty port");
        else if (names.TryFindPort(value, out var port, out var problem))
            return port;
        else
            Error($"{problem}: `{value}'");
        return null;
    }

    internal uint? FwMark(string value)
    {
        if (Ascii.EqualsIgnoreCase(value, "off"))
            return 0;
        var isHex = value.Length > 2 && value.StartsWith("0x", StringComparison.Ordinal);
        if (isHex
            ? uint.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mark)
            : uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out mark))
            return mark;
        Error($"Fwmark is neither 0/off nor 0-0xffffffff: `{value}'");
        return null;
    }

    internal ushort? Keepalive(string value)
    {
        if (Ascii.EqualsIgnoreCase(value, "off"))
            return 0;
        if (ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds;
        Error($"Persistent keepalive interval is neither 0/off nor 1-65535: `{value}'");
        return null;
    }

    internal PublicKey? PublicKey(string value)
    {
        if (Protocol.Keys.PublicKey.TryParse(value, out var key))
            return key;
        BadKey(value);
        return null;
    }

    internal PrivateKey? PrivateKey(string value)
    {
        if (!Protocol.Keys.PrivateKey.TryParse(value, out var key))
            BadKey(value);
        return key;
    }

    internal PresharedKey? PresharedKey(string value)
    {
        if (!Protocol.Keys.PresharedKey.TryParse(value, out var key))
            BadKey(value);
        return key;
    }

    internal Endpoint? Endpoint(string value)
    {
        names.BeforeEndpoint();
        if (value.Length == 0)
        {
            Error("Unable to parse empty endpoint");
            return null;
        }

        // The last colon divides, so that "::1:53" is host "::1" and port "53".
        var (from, to) = (0, value.LastIndexOf(':'));
        var port = to + 1;
        if (value[0] == '[')
        {
            (from, to) = (1, value.IndexOf(']', StringComparison.Ordinal));
            if (to < 0)
            {
                Error($"Unable to find matching brace of endpoint: `{value}'");
                return null;
            }

            port = to + 1 < value.Length && value[to + 1] == ':' ? to + 2 : value.Length;
        }

        if (to < 0 || port >= value.Length)
        {
            Error($"Unable to find port of endpoint: `{value}'");
            return null;
        }

        if (names.TryFindEndpoint(value[from..to], value[port..], value, out var endpoint, out var problem))
            return endpoint;
        Error($"{problem}: `{value}'");
        return null;
    }

    /// <summary>Adds a comma list without white space to the peer. An empty list only says "replace".</summary>
    internal bool AllowedIps(PeerBuilder peer, string value)
    {
        peer.ReplaceAllowedIps = true;
        if (value.Length == 0)
            return true;
        foreach (var range in value.AsSpan().Split(','))
        {
            var entry = value.AsSpan()[range];
            var sign = entry.IsEmpty ? default : entry[0];
            if (sign is '+' or '-')
            {
                // One signed entry makes the whole list a change of the present one.
                peer.ReplaceAllowedIps = false;
                entry = entry[1..];
            }

            if (AllowedIp(entry, sign == '-') is not { } allowedIp)
                return false;
            peer.AllowedIps.Add(allowedIp);
        }

        return true;
    }

    internal void Error(string message) => report(new Diagnostic(Severity.Error, message, Position));

    private AllowedIpSetting? AllowedIp(ReadOnlySpan<char> entry, bool remove)
    {
        var slash = entry.IndexOf('/');
        var ip = slash < 0 ? entry : entry[..slash];
        if (!IpAddress.TryParse(ip, out var address))
        {
            Error($"Unable to parse IP address: `{ip}'");
            return null;
        }

        var length = address.BitLength;
        if (slash >= 0 && (!int.TryParse(entry[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)
            || length > address.BitLength))
        {
            Error($"AllowedIP is not in the correct format: `{entry}'");
            return null;
        }

        if (new IpPrefix(address, length).Address != address)
            report(new Diagnostic(Severity.Warning, $"Warning: AllowedIP has nonzero host part: {entry}", Position));
        return new AllowedIpSetting(address, length, remove);
    }

    private void BadKey(string value) => Error($"Key is not the correct length or format: `{value}'");
}
