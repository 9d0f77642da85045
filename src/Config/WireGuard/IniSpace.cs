using System;

namespace Warren.Config.WireGuard;

/// <summary>White space as wg knows it: the six of ASCII, whatever the locale.</summary>
internal static class IniSpace
{
    internal static bool Is(char c) => c is ' ' or (>= '\t' and <= '\r');

    /// <summary>The text without any of it.</summary>
    internal static string Squeeze(ReadOnlySpan<char> text)
    {
        var buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!Is(c))
                buffer[length++] = c;
        }

        return new string(buffer[..length]);
    }
}
