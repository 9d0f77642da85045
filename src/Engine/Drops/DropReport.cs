using System.Collections.Generic;

namespace Warren.Engine.Drops;

/// <summary>What a device dropped in silence, and why: the answer to <c>get_drops=1</c>.</summary>
/// <param name="Device">All drops of the device, those of its peers included; only reasons that occurred.</param>
/// <param name="Peers">Peers with drops of their own, in the device's order.</param>
public sealed record DropReport(IReadOnlyList<DropRecord> Device, IReadOnlyList<PeerDrops> Peers);
