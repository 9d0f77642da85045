using System.Globalization;

namespace Warren.Config.Quick.Steps;

/// <summary>Looks up what is not marked in the tunnel's table.</summary>
/// <param name="IsIPv6">The family.</param>
/// <param name="Table">The mark and the table, one number.</param>
public sealed record AddRuleStep(bool IsIPv6, uint Table) : QuickStep
{
    /// <inheritdoc/>
    public override string Command =>
        string.Create(CultureInfo.InvariantCulture, $"ip {Family(IsIPv6)} rule add not fwmark {Table} table {Table}");
}
