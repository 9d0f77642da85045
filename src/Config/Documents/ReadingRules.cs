using System.Collections.Generic;

namespace Warren.Config.Documents;

/// <summary>What reading alone finds, before anything is put together. What the authority language finds has its own names.</summary>
public static class ReadingRules
{
    /// <summary>Every rule, and what it finds in one sentence without a full stop.</summary>
    public static IReadOnlyList<(string Id, string Summary)> All { get; } =
    [
        ("key-unreadable", "a key is truncated, mistyped, empty or hexadecimal"),
        ("address-unreadable", "what stands in the place of an address is none"),
        ("setting-unreadable", "a number is none, or out of its range"),
        ("setting-unknown", "a setting has a name that its section does not know"),
        ("setting-misplaced", "a setting stands in the wrong section"),
        ("section-unknown", "a section has a name that there is not"),
        ("line-unreadable", "a line of a file is neither section, setting nor comment"),
    ];
}
