using System.Collections.Generic;

namespace Warren.Config.Quick;

/// <summary>The keys of [Interface] that are wg-quick's and not wg's.</summary>
public static class QuickKeys
{
    /// <summary>All of them, as wg-quick(8) spells them.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["Address", "DNS", "MTU", "Table", "PreUp", "PostUp", "PreDown", "PostDown", "SaveConfig"];
}
