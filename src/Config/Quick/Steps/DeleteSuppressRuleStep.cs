using System.Globalization;

namespace Warren.Config.Quick.Steps;

/// <summary>Deletes the rule that an <see cref="AddSuppressRuleStep"/> made.</summary>
/// <param name="IsIPv6">The family.</param>
/// <param name="Priority">Which of the rules it is.</param>
/// <param name="IsOnly">Whether no other rule looks the same; if one does, the command names the priority.</param>
public sealed record DeleteSuppressRuleStep(bool IsIPv6, uint Priority, bool IsOnly) : QuickStep
{
    /// <inheritdoc/>
    public override string Command => string.Create(
        CultureInfo.InvariantCulture,
        $"ip {Family(IsIPv6)} rule delete {(IsOnly ? "" : $"pref {Priority} ")}table main suppress_prefixlength 0");
}
