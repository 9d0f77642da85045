using System.Globalization;

namespace Warren.Config;

/// <summary>A place in a text, for people: both count from 1. The default value means "nowhere".</summary>
/// <param name="Line">Line number.</param>
/// <param name="Column">Column in UTF-16 units.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>"line:column".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
