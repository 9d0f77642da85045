namespace Warren.Config.Quick.Steps;

/// <summary>Gives the device its keys and peers.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Text">wg's part of the configuration.</param>
public sealed record ConfigureStep(string Name, string Text) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"wg addconf {Name} /dev/fd/63";

    /// <inheritdoc/>
    public override string Input => Text + "\n";

    /// <summary>Without the text, which holds secrets.</summary>
    public override string ToString() => Command;
}
