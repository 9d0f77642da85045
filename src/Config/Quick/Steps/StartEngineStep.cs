namespace Warren.Config.Quick.Steps;

/// <summary>Makes the device in userspace, where the kernel has no WireGuard.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Implementation">The program and its options, as echoed.</param>
public sealed record StartEngineStep(string Name, string Implementation) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"{Implementation} {Name}";
}
