using System;
using System.Collections.Generic;

namespace Warren.Config.Documents;

/// <summary>Sections that belong together: a file, or what an article shows of one.</summary>
internal sealed class IniBlock(bool isFlat, int firstLine)
{
    internal bool IsFlat { get; } = isFlat;

    /// <summary>Line number of its first header.</summary>
    internal int FirstLine { get; } = firstLine;

    /// <summary>Line number of the last line that is part of it.</summary>
    internal int LastLine { get; set; } = firstLine;

    /// <summary>Offset of its first header in its line.</summary>
    internal int FirstColumn { get; init; }

    internal List<IniSection> Sections { get; } = [];

    internal IniSection? Find(string name) => Sections.Find(section => section.Is(name));

    internal bool Has(string name) => Find(name) is not null;

    internal IEnumerable<IniSection> All(string name) => Sections.FindAll(section => section.Is(name));

    internal IEnumerable<IniSection> StartingWith(string name) =>
        Sections.FindAll(section => section.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
