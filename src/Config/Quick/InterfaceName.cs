using System;
using System.Buffers;

namespace Warren.Config.Quick;

/// <summary>What wg-quick takes for the name of an interface: 1 to 15 of the characters a-z A-Z 0-9 _ = + . -</summary>
public static class InterfaceName
{
    /// <summary>The longest name Linux takes, without its terminator (IFNAMSIZ − 1).</summary>
    public const int MaxLength = 15;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=+.-");

    /// <summary>Whether wg-quick accepts <paramref name="text"/> as a name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    /// <summary>The name in a path that ends in NAME.conf; null when there is none that is valid.</summary>
    public static string? FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = path[(path.LastIndexOf('/') + 1)..];
        return file.EndsWith(".conf", StringComparison.Ordinal) && IsValid(file.AsSpan()[..^5]) ? file[..^5] : null;
    }
}
