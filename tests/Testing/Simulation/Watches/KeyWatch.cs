using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>
/// Keys die on time (§6.2, §6.3): nothing is sealed or accepted under a session older than 180 s, a tunnel has at most
/// three, and 540 s after the last was made none can be used. A responder does not send before the session was
/// confirmed (§5.4.4). A counter is accepted once, and whenever it is no more than the window behind.
/// </summary>
public sealed class KeyWatch : Watch
{
    private const ulong Window = 8_128;
    private const int MostSessions = 3;

    private static readonly TimeSpan RejectAfterTime = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<SimulatedPeer, List<Session>> _sessions = [];

    public override void Booted(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        foreach (var peer in _sessions.Keys.Where(peer => peer.Node == node && !peer.IsAlive).ToList())
        {
            if (_sessions[peer].Exists(session => session.Keypair.TryAcquire()))
                Fail(peer, "left a key alive when its tunnel was disposed of");
            _sessions.Remove(peer);
        }
    }

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
        if (type == MessageType.Response)
            Born(peer, MessageHeader.SenderIndex(datagram), isInitiator: false);
        if (type != MessageType.Transport)
            return;
        var index = MessageHeader.ReceiverIndex(datagram);
        var session = Of(peer).Find(session => session.Keypair.RemoteIndex == index);
        if (session is null)
            Fail(peer, "sealed with keys of no session");
        else if (peer.Node.Clock.Now - session.Born > RejectAfterTime)
            Fail(peer, $"sealed with keys {peer.Node.Clock.Now - session.Born} old");
        else if (!session.IsConfirmed)
            Fail(peer, "sent as a responder before the session was confirmed");
    }

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
        if (type == MessageType.Response && reason == DropReason.None)
            Born(peer, MessageHeader.ReceiverIndex(datagram), isInitiator: true);
        if (type != MessageType.Transport || reason is not (DropReason.None or DropReason.Replay))
            return;
        var session = Of(peer).Find(session => session.Keypair == keypair);
        if (session is null)
            Fail(peer, "accepted a packet of no session");
        else
            Judged(peer, session, reason, MessageHeader.Counter(datagram));
    }

    public override void Settled(SimulatedPeer peer)
    {
        var sessions = Of(peer);
        if (sessions.Count == 0)
            return;
        foreach (var session in sessions)
        {
            if (peer.Keypair(session.Keypair.LocalIndex) == session.Keypair)
                continue;
            session.IsGone = true;
            if (session.Keypair.TryAcquire())
                Fail(peer, "dropped a session and left its keys alive");
        }

        var all = peer.Node.Clock.Now - sessions[^1].Born;
        sessions.RemoveAll(session => session.IsGone);
        if (sessions.Count > MostSessions)
            Fail(peer, $"has {sessions.Count} sessions");
        if (sessions.Count > 0 && all > RejectAfterTime * 3 + Slack)
            Fail(peer, $"keeps keys {all} after the last session was made");
    }

    private static void Judged(SimulatedPeer peer, Session session, DropReason reason, ulong counter)
    {
        if (reason == DropReason.None)
        {
            if (peer.Node.Clock.Now - session.Born > RejectAfterTime)
                Fail(peer, $"accepted a packet under keys {peer.Node.Clock.Now - session.Born} old");
            if (!session.Accepted.Add(counter))
                Fail(peer, $"accepted counter {counter} twice");
            if (counter + Window < session.Greatest)
                Fail(peer, $"accepted counter {counter} with {session.Greatest} the greatest");
            session.Greatest = Math.Max(session.Greatest, counter);
            session.IsConfirmed = true;
        }
        else if (counter + Window >= session.Greatest && !session.Accepted.Contains(counter))
        {
            Fail(peer, $"called counter {counter} a replay with {session.Greatest} the greatest");
        }
    }

    private void Born(SimulatedPeer peer, uint localIndex, bool isInitiator)
    {
        if (peer.Keypair(localIndex) is not { } keypair)
        {
            Fail(peer, "made a session that its index does not find");
            return;
        }

        var now = peer.Node.Clock.Now;
        Of(peer).Add(new Session(keypair, now) { IsConfirmed = isInitiator });
        peer.Node.Time.At(peer.Node.Clock.TrueTimeOf(now + RejectAfterTime * 3 + Slack * 2), () =>
        {
            if (peer.IsAlive && !peer.Node.IsSuspended)
                Settled(peer);
        });
    }

    private List<Session> Of(SimulatedPeer peer)
    {
        if (!_sessions.TryGetValue(peer, out var sessions))
            _sessions.Add(peer, sessions = []);
        return sessions;
    }

    private sealed class Session(Keypair keypair, Instant born)
    {
        internal Keypair Keypair { get; } = keypair;

        internal Instant Born { get; } = born;

        internal HashSet<ulong> Accepted { get; } = [];

        internal ulong Greatest { get; set; }

        internal bool IsConfirmed { get; set; }

        internal bool IsGone { get; set; }
    }
}
