namespace Warren.Config.Quick.Steps;

/// <summary>Makes the device in the kernel.</summary>
/// <param name="Name">The interface.</param>
public sealed record AddLinkStep(string Name) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"ip link add dev {Name} type wireguard";
}
