using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Warren.Protocol.Routing;

namespace Warren.Config.Quick;

/// <summary>
/// The nftables of a full tunnel, as wg-quick writes them: nobody reaches the tunnel's addresses by another interface, and
/// replies to the device's own datagrams carry its mark, so that the reverse path filter passes them.
/// </summary>
public static class FirewallScript
{
    /// <summary>The name of the table of <paramref name="name"/>, one in each family.</summary>
    public static string Table(string name) => $"wg-quick-{name}";

    /// <summary>The commands that make the table of one family.</summary>
    public static string Add(string name, bool ipv6, IEnumerable<IpAddress> addresses, uint mark)
    {
        var family = ipv6 ? "ip6" : "ip";
        var table = $"{family} {Table(name)}";
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"add table {table}\n");
        script.Append(CultureInfo.InvariantCulture, $"add chain {table} preraw {{ type filter hook prerouting priority -300; }}\n");
        script.Append(CultureInfo.InvariantCulture, $"add chain {table} premangle {{ type filter hook prerouting priority -150; }}\n");
        script.Append(CultureInfo.InvariantCulture, $"add chain {table} postmangle {{ type filter hook postrouting priority -150; }}\n");
        foreach (var address in addresses.Where(address => address.IsIPv6 == ipv6))
        {
            script.Append(
                CultureInfo.InvariantCulture,
                $"add rule {table} preraw iifname != \"{name}\" {family} daddr {address} fib saddr type != local drop\n");
        }

        script.Append(CultureInfo.InvariantCulture, $"add rule {table} postmangle meta l4proto udp mark {mark} ct mark set mark \n");
        script.Append(CultureInfo.InvariantCulture, $"add rule {table} premangle meta l4proto udp meta mark set ct mark \n");
        return script.ToString();
    }

    /// <summary>The commands that delete the tables of <paramref name="families"/>.</summary>
    public static string Delete(string name, IEnumerable<string> families) =>
        string.Concat(families.Select(family => $"delete table {family} {Table(name)}\n"));

    /// <summary>The families that hold a table of <paramref name="name"/>, from what "list tables" printed.</summary>
    public static IReadOnlyList<string> Families(string name, string listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return listing
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Split(' '))
            .Where(words => words is ["table", "ip" or "ip6", var table] && table == Table(name))
            .Select(words => words[1])
            .ToList();
    }
}
