using System;

namespace Warren.Config.Quick.Steps;

/// <summary>Runs a hook of the configuration in the shell.</summary>
/// <param name="Name">The interface, which "%i" stands for.</param>
/// <param name="Hook">The hook as written.</param>
public sealed record RunHookStep(string Name, string Hook) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => Hook.Replace("%i", Name, StringComparison.Ordinal);
}
