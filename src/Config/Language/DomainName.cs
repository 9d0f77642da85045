using System;

namespace Warren.Config.Language;

/// <summary>Domain names as RFC 1123 has them.</summary>
internal static class DomainName
{
    /// <summary>1 to 253 characters in labels of letters, digits and inner hyphens; the last label has a letter, so that a mistyped address is none.</summary>
    internal static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 253)
            return false;
        var hasLetter = false;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            hasLetter = false;
            foreach (var letter in label)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                    return false;
                hasLetter |= char.IsAsciiLetter(letter);
            }
        }

        return hasLetter;
    }
}
