using Warren.Protocol;

namespace Warren.Engine.Drops;

/// <summary>How many packets were dropped for one reason, and what the last one was.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many since the device was made (or the peer added), at least 1.</param>
/// <param name="Last">The latest of them.</param>
public readonly record struct DropRecord(DropReason Reason, ulong Count, DropEvidence Last);
