using System;
using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>What was probably meant by a word that is none.</summary>
public static class Spelling
{
    /// <summary>The one among <paramref name="words"/> that is nearest to <paramref name="typed"/>: at most a third of its letters differ. Null when none is near, or
    /// two are as near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(words);
        if (typed.Length > 64)
            return null;
        var allowed = Math.Max(1, typed.Length / 3);
        string? nearest = null;
        var least = allowed + 1;
        var isShared = false;
        foreach (var word in words)
        {
            if (Math.Abs(word.Length - typed.Length) > allowed)
                continue;
            var distance = Distance(typed, word);
            if (distance < least)
                (least, nearest, isShared) = (distance, word, false);
            else if (distance == least && word != nearest)
                isShared = true;
        }

        return isShared ? null : nearest;
    }

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int Distance(string from, string to)
    {
        Span<int> before = stackalloc int[to.Length + 1];
        Span<int> previous = stackalloc int[to.Length + 1];
        Span<int> current = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = char.ToLowerInvariant(from[i - 1]) == to[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            previous.CopyTo(before);
            current.CopyTo(previous);
        }

        return previous[to.Length];
    }
}
