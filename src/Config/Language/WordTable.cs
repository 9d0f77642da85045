using System;
using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>Words that were seen: an authority says the same words many times, and they are kept once.</summary>
public sealed class WordTable
{
    private const int LongestKept = 64;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>An empty table.</summary>
    public WordTable() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The word as a string.</summary>
    public string Take(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestKept)
            return word.ToString();
        if (_lookup.TryGetValue(word, out var kept))
            return kept;
        kept = word.ToString();
        _words.Add(kept);
        return kept;
    }
}
