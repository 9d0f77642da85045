using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Engine.Drops;

/// <summary>The drops of one peer.</summary>
/// <param name="Peer">Which peer.</param>
/// <param name="Drops">Only reasons that occurred, in the order of <see cref="Protocol.DropReason"/>.</param>
public sealed record PeerDrops(PublicKey Peer, IReadOnlyList<DropRecord> Drops);
