using System;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>An endpoint follows authenticated packets, and nothing else moves it (§2.1).</summary>
public sealed class RoamingWatch : Watch
{
    public long Moves { get; private set; }

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var after = peer.Tunnel.Path;
        if (reason != DropReason.None || type == MessageType.CookieReply)
        {
            if (after != before)
                Fail(peer, $"moved from {before.Remote} to {after.Remote} for a {type} dropped as {reason}");
        }
        else if (after != from)
        {
            Fail(peer, $"sends to {after.Remote} after an authenticated {type} from {from.Remote}");
        }
        else if (after != before)
        {
            Moves++;
        }
    }
}
