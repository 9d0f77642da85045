using System;
using System.Linq;
using Warren.Config.Quick;

namespace Warren.Cli.Quick;

/// <summary>What to do about a line that wg does not take.</summary>
internal static class LineAdvice
{
    private static readonly string[] OfInterface = [.. QuickKeys.All, "PrivateKey", "ListenPort", "FwMark"];
    private static readonly string[] OfPeer = ["PublicKey", "PresharedKey", "AllowedIPs", "Endpoint", "PersistentKeepalive"];

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
        if (!fault.StartsWith("Line unrecognized", StringComparison.Ordinal))
            return "mend this value, or take the line out";

        var bare = line.Split('#')[0].Trim();
        if (bare.StartsWith('['))
            return "the sections are [Interface] and [Peer]";
        var key = bare.Split('=')[0].Trim();
        if (bare.IndexOf('=', StringComparison.Ordinal) is var equals && (equals < 0 || bare[(equals + 1)..].Trim().Length == 0))
            return $"write {key} = VALUE, or take the line out";
        if (OfInterface.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } mine)
            return $"{mine} belongs below [Interface]";
        if (OfPeer.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } theirs)
            return $"{theirs} belongs below [Peer]";
        return $"[Interface] takes {string.Join(", ", OfInterface)}; [Peer] takes {string.Join(", ", OfPeer)}";
    }
}
