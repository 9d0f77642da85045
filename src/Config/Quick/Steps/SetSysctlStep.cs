namespace Warren.Config.Quick.Steps;

/// <summary>Sets a kernel parameter that has another value now.</summary>
/// <param name="Key">Its name with dots.</param>
/// <param name="Value">The value wanted.</param>
/// <param name="Previous">The value it has, which undoing gives back.</param>
public sealed record SetSysctlStep(string Key, string Value, string Previous) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"sysctl -q {Key}={Value}";
}
