using System.Globalization;

namespace Warren.Config.Language;

/// <summary>A place in a source. The default value means "nowhere": what was generated, or is missing.</summary>
/// <param name="Source">The text, or null.</param>
/// <param name="Line">From 1; 0 for nowhere.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public readonly record struct SourcePosition(SourceText? Source, int Line, int Column)
{
    /// <summary>Whether it names a place.</summary>
    public bool IsKnown => Line > 0 && Source is not null;

    /// <summary>"name:line:column", or "-" for nowhere.</summary>
    public override string ToString() =>
        !IsKnown ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Source?.Name ?? "?"}:{Line}:{Column}");
}
