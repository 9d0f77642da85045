using System;
using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>A section of an INI text, wherever the text stands.</summary>
internal sealed class IniSection(string name, SourcePosition position, int insertAt)
{
    /// <summary>Without brackets.</summary>
    internal string Name { get; } = name;

    internal SourcePosition Position { get; } = position;

    /// <summary>Offset behind its header.</summary>
    internal int InsertAt { get; } = insertAt;

    /// <summary>What a comment calls it, or null.</summary>
    internal string? Comment { get; set; }

    internal List<IniSetting> Settings { get; } = [];

    internal bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
