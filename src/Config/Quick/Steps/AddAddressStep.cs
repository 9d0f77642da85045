namespace Warren.Config.Quick.Steps;

/// <summary>Adds an address to the interface.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Address">The address.</param>
public sealed record AddAddressStep(string Name, InterfaceAddress Address) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"ip {Family(Address.Address.IsIPv6)} address add {Address.Text} dev {Name}";
}
