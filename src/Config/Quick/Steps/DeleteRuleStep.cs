using System.Globalization;

namespace Warren.Config.Quick.Steps;

/// <summary>Deletes the rule that an <see cref="AddRuleStep"/> made.</summary>
/// <param name="IsIPv6">The family.</param>
/// <param name="Table">The mark and the table.</param>
/// <param name="Priority">Which of the rules it is.</param>
public sealed record DeleteRuleStep(bool IsIPv6, uint Table, uint Priority) : QuickStep
{
    /// <inheritdoc/>
    public override string Command =>
        string.Create(CultureInfo.InvariantCulture, $"ip {Family(IsIPv6)} rule delete table {Table}");
}
