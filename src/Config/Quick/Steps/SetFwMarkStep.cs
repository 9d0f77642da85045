using System.Globalization;

namespace Warren.Config.Quick.Steps;

/// <summary>Marks the device's own datagrams, so that they do not go into the tunnel.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Mark">The mark.</param>
public sealed record SetFwMarkStep(string Name, uint Mark) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => string.Create(CultureInfo.InvariantCulture, $"wg set {Name} fwmark {Mark}");
}
