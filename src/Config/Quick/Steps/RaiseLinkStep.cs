using System.Globalization;

namespace Warren.Config.Quick.Steps;

/// <summary>Sets the MTU and brings the interface up.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Mtu">Bytes.</param>
public sealed record RaiseLinkStep(string Name, int Mtu) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => string.Create(CultureInfo.InvariantCulture, $"ip link set mtu {Mtu} up dev {Name}");
}
