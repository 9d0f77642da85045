using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Warren.Config.Documents;

/// <summary>The names that WireGuard's INI languages use.</summary>
internal static class IniWords
{
    /// <summary>Of <c>[Interface]</c>, by wg and wg-quick.</summary>
    internal static IReadOnlyList<string> Interface { get; } =
        ["PrivateKey", "ListenPort", "FwMark", "Address", "DNS", "MTU", "Table", "PreUp", "PostUp", "PreDown", "PostDown", "SaveConfig"];

    /// <summary>Of <c>[Peer]</c>.</summary>
    internal static IReadOnlyList<string> Peer { get; } = ["PublicKey", "PresharedKey", "AllowedIPs", "Endpoint", "PersistentKeepalive"];

    /// <summary>Sections with which a block can begin.</summary>
    internal static FrozenSet<string> Openings { get; } =
        new[] { "Interface", "Peer", "NetDev", "WireGuard", "WireGuardPeer", "Match", "connection" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Both lists, as lower-case words.</summary>
    internal static FrozenSet<string> Settings { get; } = FrozenSet.ToFrozenSet([.. Interface, .. Peer], StringComparer.OrdinalIgnoreCase);

    internal static bool IsHook(ReadOnlySpan<char> name) =>
        name.Equals("PreUp", StringComparison.OrdinalIgnoreCase) || name.Equals("PostUp", StringComparison.OrdinalIgnoreCase)
        || name.Equals("PreDown", StringComparison.OrdinalIgnoreCase) || name.Equals("PostDown", StringComparison.OrdinalIgnoreCase);

    internal static bool IsList(ReadOnlySpan<char> name) =>
        name.Equals("Address", StringComparison.OrdinalIgnoreCase) || name.Equals("AllowedIPs", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DNS", StringComparison.OrdinalIgnoreCase);
}
