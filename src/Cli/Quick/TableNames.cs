using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Warren.Cli.Quick;

/// <summary>Routing tables by name, as ip(8) knows them.</summary>
internal static class TableNames
{
    private static readonly string[] Folders = ["/etc/iproute2", "/usr/share/iproute2", "/usr/lib/iproute2"];

    /// <summary>The number of a table: itself, decimal or 0x hexadecimal, or a name of rt_tables; null when it is neither.</summary>
    public static uint? Find(string text) => Number(text) ?? text switch
    {
        "local" => 255,
        "main" => 254,
        "default" => 253,
        _ => Folders.SelectMany(Files).Select(file => FindIn(File.ReadLines(file), text)).FirstOrDefault(found => found is not null),
    };

    internal static uint? FindIn(IEnumerable<string> lines, string name)
    {
        foreach (var line in lines)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[1] == name && Number(words[0]) is { } number)
                return number;
        }

        return null;
    }

    private static uint? Number(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(
            isHex ? text.AsSpan()[2..] : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number) && number != 0
            ? number
            : null;
    }

    private static IEnumerable<string> Files(string folder)
    {
        var main = $"{folder}/rt_tables";
        if (File.Exists(main))
            yield return main;
        if (!Directory.Exists($"{main}.d"))
            yield break;
        foreach (var file in Directory.EnumerateFiles($"{main}.d", "*.conf"))
            yield return file;
    }
}
