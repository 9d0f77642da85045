using System.IO;
using System.Linq;
using Warren.Config.Quick;

namespace Warren.Cli.Quick;

/// <summary>What sets DNS on this host.</summary>
/// <param name="Tool">resolvconf where there is one (as wg-quick), else a running systemd-resolved.</param>
/// <param name="Prefix">What Debian's resolvconf wants before the interface's name.</param>
internal readonly record struct DnsHost(DnsTool Tool, string Prefix)
{
    private const string Order = "/etc/resolvconf/interface-order";

    /// <summary>Looks for the tools on <paramref name="path"/>.</summary>
    public static DnsHost Find(string path)
    {
        if (SearchPath.Find("resolvconf", path) is { } resolvconf)
            return new(DnsTool.Resolvconf, PrefixFor(resolvconf));
        return SearchPath.Find("resolvectl", path) is not null && Directory.Exists("/run/systemd/resolve")
            ? new(DnsTool.Resolvectl, "")
            : new(DnsTool.None, "");
    }

    // Debian's resolvconf ranks interfaces by patterns, the first of them "lo.*" or "tun*"; where the program is a symlink,
    // it is another one that only answers to the name.
    private static string PrefixFor(string resolvconf)
    {
        if (!File.Exists(Order) || new FileInfo(resolvconf).LinkTarget is not null)
            return "";
        return File.ReadLines(Order)
            .Select(line => line.Trim())
            .Where(line => line.Length > 1 && line[^1] == '*' && line[..^1].All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            .Select(line => line[..^1] + ".")
            .FirstOrDefault("");
    }
}
