using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check;

/// <summary>Questions about prefixes.</summary>
internal static class Prefixes
{
    internal static bool Covers(this IpPrefix outer, IpPrefix inner) => outer.Length <= inner.Length && outer.Contains(inner.Address);

    internal static bool Covers(this IpPrefix outer, IpAddress address) => outer.Contains(address);

    internal static bool CoversAny(this TunnelPeer peer, IEnumerable<WrittenPrefix> addresses) =>
        addresses.Any(address => peer.AllowedIps.Any(allowed => allowed.Prefix.Contains(address.Address)));

    internal static bool Covers(this TunnelPeer peer, IpAddress address)
    {
        foreach (var allowed in peer.AllowedIps)
        {
            if (allowed.Prefix.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>"a, b, c", as allowed IPs are written.</summary>
    internal static string Join(IEnumerable<string> prefixes) => string.Join(", ", prefixes);

    /// <summary>An address on no public network: of a site, of the machine, or of the link.</summary>
    internal static bool IsPrivate(IpAddress address) => Private.Any(prefix => prefix.Contains(address));

    private static readonly IpPrefix[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10" }.Select(Parse)];

    private static IpPrefix Parse(string text)
    {
        _ = IpPrefix.TryParse(text, out var prefix);
        return prefix;
    }
}
