namespace Warren.Fabric.Plans;

/// <summary>A network interface.</summary>
/// <param name="Id">1 to 61, the same over commits while it is there; in marks of sessions.</param>
/// <param name="Name">Its name.</param>
/// <param name="Link">The Linux interface.</param>
/// <param name="IsProfile">Whether a WireGuard device is behind it.</param>
/// <param name="IsPoliced">Whether sessions to the machine itself are Warren's matter: it is a profile, or has a tenant or neighborhood.</param>
/// <param name="AnswersIcmp">Whether its addresses answer echo requests.</param>
/// <param name="SourceNat">Whether what leaves by it gets its address.</param>
/// <param name="MaximumSegment">The largest TCP segment in bytes; null for what the way out allows, -1 for no correction.</param>
public sealed record InterfacePlan(int Id, string Name, string Link, bool IsProfile, bool IsPoliced, bool AnswersIcmp, bool SourceNat, int? MaximumSegment)
{
    /// <summary>The highest id; 62 and 63 mean the machine itself (facts/enforcement 2).</summary>
    public const int HighestId = 61;
}
