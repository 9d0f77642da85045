using System;

namespace Warren.Bench.Throughput.Load;

/// <summary>How an engine took many peers.</summary>
/// <param name="Applied">From the start of <c>wg setconf</c> with them to its end.</param>
/// <param name="Removed">The same for a configuration without them.</param>
/// <param name="ResidentBytesAfter">Resident memory of the engine a second after they were applied, idle.</param>
public sealed record PeerApplication(TimeSpan Applied, TimeSpan Removed, long ResidentBytesAfter);
