namespace Warren.Config.Quick.Steps;

/// <summary>Deletes the interface, and with it its addresses and routes, and the engine behind it.</summary>
/// <param name="Name">The interface.</param>
public sealed record DeleteLinkStep(string Name) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"ip link delete dev {Name}";
}
