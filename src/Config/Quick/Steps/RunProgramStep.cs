using System.Collections.Generic;

namespace Warren.Config.Quick.Steps;

/// <summary>Runs one of the programs that own the host's DNS settings.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Arguments">Its words; none needs quoting.</param>
/// <param name="Text">Its standard input; null for ours.</param>
/// <param name="Undo">What takes it back; null where nothing has to.</param>
public sealed record RunProgramStep(string Program, IReadOnlyList<string> Arguments, string? Text = null, RunProgramStep? Undo = null)
    : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"{Program} {string.Join(' ', Arguments)}";

    /// <inheritdoc/>
    public override string? Input => Text;
}
