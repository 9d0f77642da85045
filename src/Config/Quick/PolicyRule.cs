namespace Warren.Config.Quick;

/// <summary>A routing rule as far as a tunnel cares.</summary>
/// <param name="Priority">Lower ones come first.</param>
/// <param name="NotFwMark">The mark it excepts ("not fwmark M"); null when it is no such rule.</param>
/// <param name="Table">The table it looks up.</param>
/// <param name="SuppressesDefault">Whether it is "table main suppress_prefixlength 0" and nothing else.</param>
public sealed record PolicyRule(uint Priority, uint? NotFwMark, uint Table, bool SuppressesDefault);
