namespace Warren.Config.Quick.Steps;

/// <summary>Deletes the tables of a tunnel.</summary>
/// <param name="Script">nftables commands.</param>
public sealed record DeleteFirewallStep(string Script) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => "nft -f /dev/fd/63";

    /// <inheritdoc/>
    public override string Input => Script;
}
