namespace Warren.Config.Quick.Steps;

/// <summary>Lets every route of the main table but its default one come first.</summary>
/// <param name="IsIPv6">The family.</param>
public sealed record AddSuppressRuleStep(bool IsIPv6) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => $"ip {Family(IsIPv6)} rule add table main suppress_prefixlength 0";
}
