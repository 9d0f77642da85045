using System;
using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>What the commands of hooks do to what the settings leave open: addresses, keys, routes, forwarding.</summary>
internal static class HookReader
{
    internal static Tunnel Apply(Tunnel tunnel)
    {
        var routes = new List<IpPrefix>(tunnel.Routes);
        foreach (var hook in tunnel.Hooks)
        {
            var text = hook.Text;
            if (Has(text, "private-key"))
                tunnel = tunnel with { HasKeyElsewhere = true };
            if (Has(text, "address add") || Has(text, "addr add") || Has(text, " a add ") || Has(text, "ifconfig"))
                tunnel = tunnel with { HasAddressesElsewhere = true };
            if (TurnsForwardingOn(text))
                tunnel = tunnel with { Forwards = true };
            if (Has(text, "route") || Has(text, " r a") || Has(text, " ro a"))
                Routes(text, routes);
        }

        return tunnel with { Routes = routes };
    }

    /// <summary>Whether a text turns on forwarding of IPv4 or IPv6, with sysctl or by its file.</summary>
    internal static bool TurnsForwardingOn(string text)
    {
        for (var at = 0; ; at++)
        {
            at = text.IndexOf("forward", at, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;

            // net.ipv4.ip_forward=1, net.ipv6.conf.all.forwarding = 1, echo 1 > /proc/sys/net/ipv4/ip_forward
            var before = text.AsSpan(Math.Max(0, at - 48), Math.Min(48, at));
            var behind = text.AsSpan(at + 7, Math.Min(12, text.Length - at - 7)).TrimStart("ing").TrimStart();
            if (before.Contains("ip_", StringComparison.OrdinalIgnoreCase) || before.Contains("conf.", StringComparison.Ordinal) || before.Contains("conf/", StringComparison.Ordinal))
            {
                if (behind.StartsWith('=') && behind[1..].TrimStart().StartsWith('1'))
                    return true;
                if (before.Contains("echo 1", StringComparison.Ordinal) || before.Contains("echo \"1\"", StringComparison.Ordinal))
                    return true;
            }
        }
    }

    private static void Routes(string text, List<IpPrefix> into)
    {
        foreach (var word in text.Split([' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "default")
            {
                into.Add(new IpPrefix(IpAddress.V4(0), 0));
                into.Add(new IpPrefix(IpAddress.V6(0), 0));
            }
            else if (char.IsAsciiHexDigit(word[0]) && IpPrefix.TryParse(word, out var prefix))
            {
                into.Add(prefix);
            }
        }
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
