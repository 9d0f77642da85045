namespace Warren.Config.Quick.Steps;

/// <summary>Loads the table that keeps others from reaching the tunnel's addresses round the tunnel.</summary>
/// <param name="Name">The interface.</param>
/// <param name="IsIPv6">The family.</param>
/// <param name="Script">nftables commands.</param>
public sealed record AddFirewallStep(string Name, bool IsIPv6, string Script) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => "nft -f /dev/fd/63";

    /// <inheritdoc/>
    public override string Input => Script;
}
