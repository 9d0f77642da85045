using System;
using System.Text.RegularExpressions;
using Warren.Config.WireGuard;

namespace Warren.Config.Documents;

/// <summary>Finds what prose calls the host of a block: a heading right above it, or the host that the sentence before speaks of.</summary>
internal static partial class LabelFinder
{
    private const int LongestHeading = 48;
    private const int LongestSentence = 2048;

    /// <summary>The name, how sure it is, and the number of the line on which it stands.</summary>
    internal static (string? Name, LabelKind Kind, int Line) Find(IniDocument lines, int firstLine, ReadOnlySpan<char> before)
    {
        var above = 0;
        var text = Strip(before);
        for (var i = firstLine - 2; i >= 0 && above < 6 && text.Length < 3; i--, above++)
        {
            var line = lines.Lines[i];
            if (line.Kind is IniLineKind.Setting or IniLineKind.Section && line.Text.Length > LongestHeading)
                break;
            if (line.Text.AsSpan().TrimStart() is ['`', '`', '`', ..] or ['~', '~', '~', ..] || line.Text.AsSpan().Trim().Length == 0)
                continue;
            text = Strip(line.Text);
            firstLine = line.Number;
        }

        if (text.Length is < 2 or > LongestSentence)
            return default;
        if (text.Length <= LongestHeading && char.IsLetterOrDigit(text[0]) && text[^1] is not ('.' or ',' or ';') && text.AsSpan().Count(' ') <= 5)
            return (Shorten(text), LabelKind.Name, firstLine);

        // The last host that is spoken of; right before the block it is a heading that lost its line.
        if (Mention().Matches(text) is not [.., var mention])
            return default;
        return (mention.Groups["name"].Value, mention.Index + mention.Length == text.Length && before.Length > 0 ? LabelKind.Name : LabelKind.Mention, firstLine);
    }

    // "Server S1" and "Client S2" are S1 and S2; "Network 1 (192.168.1.0/24" is Network 1.
    private static string Shorten(string heading)
    {
        var parenthesis = heading.IndexOf('(', StringComparison.Ordinal);
        if (parenthesis > 0)
            heading = heading[..parenthesis].TrimEnd();
        return Kind().Replace(heading, "");
    }

    private static string Strip(ReadOnlySpan<char> text) => text.Trim("#*_:`>=- \t\r)").ToString();

    [GeneratedRegex(@"^(?:the\s+)?(?:server|client|host|node|peer|router|machine)\s+(?=\S)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Kind();

    [GeneratedRegex(@"\b(?:host|server|client|node|machine|peer)\s+(?:called\s+|named\s+)?(?<name>[A-Za-z][A-Za-z-]{0,30}\d{1,4})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mention();
}
