using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>
/// No deadline is missed and none is idle: after a poll the next one lies ahead; a tunnel is not woken for nothing over
/// and over; who received data answers within KeepaliveTimeout (§6.5); a persistent keepalive keeps its interval; a
/// tunnel without one sends nothing once its users are silent.
/// </summary>
public sealed class PunctualityWatch(VirtualTime time) : Watch
{
    private static readonly TimeSpan KeepaliveTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5_334);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);

    // The last packet calls for a handshake after 15 s, which is tried for 90; a straggling answer takes a minute each
    // way; what then arrives is answered, and that answer may call for one more handshake.
    private static readonly TimeSpan LongestEcho = TimeSpan.FromSeconds(500);

    private readonly Dictionary<SimulatedPeer, Pace> _paces = [];

    public long Wakes { get; private set; }

    /// <summary>Whether neither end has a persistent keepalive.</summary>
    public static bool IsQuiet(SimulatedPeer peer) =>
        peer is { Tunnel.PersistentKeepalive: 0 } && peer.Remote.TryPeer(peer.Node) is { Tunnel.PersistentKeepalive: 0 };

    public override void Offered(SimulatedPeer peer, ReadOnlySpan<byte> packet, Keypair? keypair)
    {
        ArgumentNullException.ThrowIfNull(peer);
        // The other end has to answer too.
        Of(peer).LastUse = time.Now;
        if (peer.Remote.TryPeer(peer.Node) is { } other)
            Of(other).LastUse = time.Now;
    }

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pace = Of(peer);
        pace.Events++;
        pace.AnswerBy = null;
        pace.LastTraffic = peer.Node.Clock.Now;
        if (IsQuiet(peer) && time.Now - pace.LastUse > LongestEcho)
            Fail(peer, $"sent a {type} {time.Now - pace.LastUse} after its users fell silent");
    }

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pace = Of(peer);
        pace.Events++;
        if (reason == DropReason.None && type != MessageType.CookieReply)
            pace.LastTraffic = peer.Node.Clock.Now;
        var isData = type == MessageType.Transport && datagram.Length > MessageSize.Keepalive;
        if (!isData || reason != DropReason.None || pace.AnswerBy is not null)
            return;
        // Without a session left the answer is an initiation, which may have to wait for the one before.
        var answerBy = peer.Node.Clock.Now + KeepaliveTimeout + Retry + Slack;
        pace.AnswerBy = answerBy;
        time.At(peer.Node.Clock.TrueTimeOf(answerBy) + Slack, () =>
        {
            if (pace.AnswerBy == answerBy && peer.IsAlive && !peer.Node.IsSuspended)
                Fail(peer, "received data and gave no sign of life");
        });
    }

    public override void Woken(SimulatedPeer peer, int datagrams)
    {
        Wakes++;
        var pace = Of(peer);
        pace.IdleWakes = datagrams == 0 ? pace.IdleWakes + 1 : 0;
        // A few timers end without a word: an attempt given up, keys zeroed, a keepalive that became needless.
        if (pace.IdleWakes > 8 + 4 * pace.Events)
            Fail(peer, $"was woken {pace.IdleWakes} times for nothing");
        if (pace.IdleWakes == 0)
            pace.Events = 0;
    }

    public override void Settled(SimulatedPeer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var now = peer.Node.Clock.Now;
        if (peer.Tunnel.NextDeadline <= now)
            Fail(peer, $"wants to be woken in the past, by {now - peer.Tunnel.NextDeadline}");
        var interval = TimeSpan.FromSeconds(peer.Tunnel.PersistentKeepalive);
        if (interval > TimeSpan.Zero && peer.Tunnel.HasEndpoint && Of(peer).LastTraffic is { } last
            && now - last > interval + Retry + Slack)
            Fail(peer, $"was silent for {now - last} in spite of a persistent keepalive of {interval}");
    }

    /// <summary>A node slept: what was due meanwhile is forgiven.</summary>
    public void Slept(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        foreach (var peer in node.Peers)
            (Of(peer).AnswerBy, Of(peer).LastTraffic) = (null, null);
    }

    /// <summary>Long after the last use a quiet tunnel has no deadline at all.</summary>
    public void CheckIdle(SimulatedPeer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (IsQuiet(peer) && time.Now - Of(peer).LastUse > TimeSpan.FromMinutes(20)
            && peer.Tunnel.NextDeadline != Instant.Never)
            Fail(peer, $"still has a deadline {time.Now - Of(peer).LastUse} after its last use");
    }

    private Pace Of(SimulatedPeer peer)
    {
        if (!_paces.TryGetValue(peer, out var pace))
            _paces.Add(peer, pace = new Pace { LastUse = time.Now });
        return pace;
    }

    private sealed class Pace
    {
        internal Instant LastUse { get; set; }

        internal Instant? LastTraffic { get; set; }

        internal Instant? AnswerBy { get; set; }

        internal int Events { get; set; }

        internal int IdleWakes { get; set; }
    }
}
