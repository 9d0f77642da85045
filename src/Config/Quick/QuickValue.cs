namespace Warren.Config.Quick;

/// <summary>A value as the file has it, and where.</summary>
/// <param name="Text">Trimmed text; a hook keeps its '#' (wg-quick since 2025).</param>
/// <param name="Line">Line number in the file, from 1.</param>
public readonly record struct QuickValue(string Text, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
