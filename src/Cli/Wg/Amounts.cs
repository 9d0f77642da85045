using System.Globalization;
using System.Text;

namespace Warren.Cli.Wg;

/// <summary>Times and bytes as wg tells them to people. A year has 365 days.</summary>
internal static class Amounts
{
    private static readonly (ulong Seconds, string Name)[] Units =
        [(365 * 24 * 60 * 60, "year"), (24 * 60 * 60, "day"), (60 * 60, "hour"), (60, "minute"), (1, "second")];

    /// <summary>How long ago <paramref name="then"/> was, both in seconds of Unix time.</summary>
    internal static string Ago(long now, long then, Palette palette)
    {
        if (now == then)
            return "Now";
        return now < then
            ? $"({palette.Red}System clock wound backward; connection problems may ensue.{palette.Reset})"
            : Duration((ulong)now - (ulong)then, palette) + " ago";
    }

    /// <summary>"1 minute, 51 seconds": parts that are zero are left out.</summary>
    internal static string Duration(ulong seconds, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var (length, name) in Units)
        {
            var count = seconds / length;
            seconds %= length;
            if (count == 0)
                continue;
            text.Append(text.Length > 0 ? ", " : "").Append(count).Append(' ').Append(palette.Cyan).Append(name);
            text.Append(count == 1 ? "" : "s").Append(palette.Reset);
        }

        return text.ToString();
    }

    /// <summary>"37.43 KiB".</summary>
    internal static string Bytes(ulong bytes, Palette palette)
    {
        const ulong KiB = 1024, MiB = KiB * 1024, GiB = MiB * 1024, TiB = GiB * 1024;
        var (number, unit) = bytes switch
        {
            < KiB => (bytes.ToString(CultureInfo.InvariantCulture), "B"),
            < MiB => (Fraction((double)bytes / KiB), "KiB"),
            < GiB => (Fraction((double)bytes / MiB), "MiB"),
            < TiB => (Fraction((double)bytes / GiB), "GiB"),
            _ => (Fraction((double)bytes / GiB / 1024), "TiB"),
        };
        return $"{number} {palette.Cyan}{unit}{palette.Reset}";
    }

    private static string Fraction(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
