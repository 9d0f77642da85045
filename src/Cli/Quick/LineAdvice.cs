using System;
using System.Linq;
using Warren.Config.Quick;

namespace Warren.Cli.Quick;

/// <summary>What to do about a line that wg does not take. Repeats nothing of the line but words it knows: the rest may be a key.</summary>
internal static class LineAdvice
{
    private static readonly string[] OfInterface = [.. QuickKeys.All, "PrivateKey", "ListenPort", "FwMark"];
    private static readonly string[] OfPeer = ["PublicKey", "PresharedKey", "AllowedIPs", "Endpoint", "PersistentKeepalive"];

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>One sentence, without a full stop.</summary>
    public static string For(string line, string fault)
    {
        if (fault.Contains("Key is not", StringComparison.Ordinal))
            return "a key is 44 characters of base64 that end in `=', as `wg genkey' and `wg pubkey' print it";
        if (fault.Contains("port of endpoint", StringComparison.Ordinal))
            return "an endpoint is HOST:PORT, such as Endpoint = 192.0.2.1:51820";
        if (fault.Contains("matching brace", StringComparison.Ordinal))
            return "an IPv6 endpoint is [ADDRESS]:PORT, such as Endpoint = [2001:db8::1]:51820";
        if (fault.Contains("missing a public key", StringComparison.Ordinal))
            return "give this [Peer] a PublicKey, or take it out";
        if (fault.StartsWith("AllowedIP", StringComparison.Ordinal))
            return "an allowed IP is ADDRESS/LENGTH, such as 10.0.0.0/24 (at most 32) or fd00::/64 (at most 128)";
        if (fault.StartsWith("Servname", StringComparison.Ordinal))
            return "a port is a number from 0 to 65535";
        if (!fault.StartsWith("Line unrecognized", StringComparison.Ordinal))
            return "mend this value, or take the line out";

        if (line.StartsWith(ByteOrderMark))
            return "the file begins with a byte order mark: save it as UTF-8 without one";
        var bare = line.Split('#')[0].Trim();
        if (bare.StartsWith('['))
            return "the sections are [Interface] and [Peer]";
        var equals = bare.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? bare : bare[..equals]).Trim().Split((char[]?)null)[0];
        var mine = Find(OfInterface, name);
        if ((mine ?? Find(OfPeer, name)) is { } key)
        {
            return equals < 0 || bare[(equals + 1)..].Trim().Length == 0
                ? $"write {key} = VALUE, or take the line out"
                : $"{key} belongs below [{(mine is null ? "Peer" : "Interface")}]";
        }

        if (equals < 0)
            return "a line is NAME = VALUE, [Interface] or [Peer]";
        return $"[Interface] takes {string.Join(", ", OfInterface)}; [Peer] takes {string.Join(", ", OfPeer)}";
    }

    private static string? Find(string[] among, string name) =>
        among.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
