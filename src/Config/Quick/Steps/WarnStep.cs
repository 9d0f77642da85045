namespace Warren.Config.Quick.Steps;

/// <summary>Says that something asked for is not done, and why.</summary>
/// <param name="Message">One sentence.</param>
public sealed record WarnStep(string Message) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => Message;
}
