using System;
using System.Globalization;
using Warren.Linux.Names;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>Endpoints as the UAPI writes them: "a.b.c.d:port", "[v6]:port", "[v6%zone]:port". Numbers only, no names of hosts.</summary>
public static class EndpointText
{
    /// <summary>Reads an endpoint; false when it is none. A zone is a number or the name of an interface here.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Endpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var host = text[..colon];
        if (host.Length > 1 && host[0] == '[' && host[^1] == ']')
        {
            host = host[1..^1];
            var percent = host.IndexOf('%');
            uint scope = 0;
            if (percent >= 0)
            {
                if (!TryParseScope(host[(percent + 1)..], out scope))
                    return false;
                host = host[..percent];
            }

            if (!IpAddress.TryParse(host, out var v6) || !v6.IsIPv6)
                return false;
            endpoint = new Endpoint(v6, port, scope);
            return true;
        }

        if (!IpAddress.TryParse(host, out var v4) || v4.IsIPv6)
            return false;
        endpoint = new Endpoint(v4, port);
        return true;
    }

    /// <summary>The text as wg prints and sends it: the zone of a link-local address by its interface's name where there is one.</summary>
    public static string Format(Endpoint endpoint)
    {
        if (endpoint.ScopeId != 0 && IsLinkLocal(endpoint.Address) && InterfaceName.Find(endpoint.ScopeId) is { } name)
            return string.Create(CultureInfo.InvariantCulture, $"[{endpoint.Address}%{name}]:{endpoint.Port}");
        return endpoint.ToString();
    }

    private static bool TryParseScope(ReadOnlySpan<char> text, out uint scope)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out scope))
            return true;
        scope = text.Length is > 0 and <= 15 ? InterfaceName.FindIndex(text.ToString()) : 0;
        return scope != 0;
    }

    /// <summary>fe80::/10, and the link-local multicast groups ffx2::/16: the two for which getnameinfo(3) names the zone.</summary>
    private static bool IsLinkLocal(IpAddress address) =>
        address.IsIPv6 && (address.High >> 54 == 0x3fa || ((address.High >> 48) & 0xff0f) == 0xff02);
}
