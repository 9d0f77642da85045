namespace Warren.Config.Quick.Steps;

/// <summary>Writes the live state back to the configuration file.</summary>
/// <param name="Name">The interface.</param>
public sealed record SaveConfigStep(string Name) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"wg showconf {Name}";
}
