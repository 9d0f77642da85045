using System;
using Warren.Protocol.Messages;

namespace Warren.Protocol;

/// <content>What is due, and the events that move the timers; the events have the names wireguard-go gives them.</content>
public sealed partial class Tunnel
{
    private static readonly uint JitterTicks = (uint)Constants.RekeyTimeoutJitterMax.Ticks + 1;

    private Deadlines _deadlines;
    private TimeSpan _newHandshakeJitter;

    private TimeSpan KeepaliveInterval => TimeSpan.FromSeconds(PersistentKeepalive);

    /// <summary>When <see cref="Poll"/> is to be called next, at the latest; in the past when something is due already, and
    /// <see cref="Instant.Never"/> when nothing is: an idle tunnel costs nothing.</summary>
    public Instant NextDeadline
    {
        get
        {
            if (!_running || _local is null)
                return Instant.Never;
            var next = Instant.Min(_deadlines[TunnelTimer.ZeroKeys], _deadlines[TunnelTimer.GiveUp]);
            if (!HasEndpoint)
                return next;
            if (_sendStaged || _sendKeepalive || _responder is { IsOpen: true })
                return Instant.Zero;
            if (_initiationWanted)
                next = Instant.Min(next, _nextInitiation);
            next = Instant.Min(next, _deadlines[TunnelTimer.Retransmit]);
            next = Instant.Min(next, _deadlines[TunnelTimer.Keepalive]);
            next = Instant.Min(next, _deadlines[TunnelTimer.NewHandshake]);
            return Instant.Min(next, _deadlines[TunnelTimer.PersistentKeepalive]);
        }
    }

    /// <summary>Runs the timers that are due and writes the next datagram to send to <see cref="Path"/>. Called until it
    /// returns <see cref="OutputKind.None"/>.</summary>
    /// <param name="now">The present.</param>
    /// <param name="wallClock">The present for initiations. It may jump: what is sent only ever grows (§5.1).</param>
    /// <param name="datagram">At least <see cref="MessageSize.Initiation"/> bytes, and the sealed length of any packet that was
    /// staged.</param>
    /// <exception cref="ArgumentException"><paramref name="datagram"/> is too small.</exception>
    public Output Poll(Instant now, Tai64N wallClock, Span<byte> datagram)
    {
        if (datagram.Length < MessageSize.Initiation)
            throw new ArgumentException("the buffer is shorter than an initiation", nameof(datagram));
        if (!_running || _local is null)
            return Output.None;
        RunTimers(now);
        if (!HasEndpoint)
            return Output.None;
        var output = WriteResponse(now, datagram);
        if (output.Kind == OutputKind.None)
            output = WriteTransport(now, datagram);
        if (output.Kind == OutputKind.None)
            output = WriteInitiation(now, wallClock, datagram);
        return output;
    }

    private void RunTimers(Instant now)
    {
        if (_deadlines.TryExpire(TunnelTimer.ZeroKeys, now))
            DropSessions();
        if (_deadlines.TryExpire(TunnelTimer.GiveUp, now))
            GiveUp();
        if (!HasEndpoint)
            return;
        if (_deadlines.TryExpire(TunnelTimer.Retransmit, now))
        {
            ClearSource(); // The source address may be what is wrong.
            (_initiationWanted, _isRetry) = (true, true);
        }

        if (_deadlines.TryExpire(TunnelTimer.NewHandshake, now))
        {
            ClearSource();
            RequestHandshake(now);
        }

        if (_deadlines.TryExpire(TunnelTimer.Keepalive, now))
            RequestKeepalive(now);
        if (_deadlines.TryExpire(TunnelTimer.PersistentKeepalive, now))
            RequestKeepalive(now);
    }

    private void GiveUp()
    {
        CloseInitiator();
        _initiationWanted = false;
        _deadlines.Disarm(TunnelTimer.Retransmit);
        _deadlines.Disarm(TunnelTimer.Keepalive);
        _counters.HandshakesGivenUp++;
        _counters.StagedGivenUp += (ulong)_staged.Clear();
    }

    // Up, or up again with another key: a persistent keepalive goes at once, and what waits asks for its session.
    private void BeginTimers(Instant now)
    {
        if (!_running || _local is null)
            return;
        if (PersistentKeepalive > 0)
            ArmPersistentKeepalive(now);
        if (_staged.Count > 0)
            RequestHandshake(now);
    }

    private void ArmPersistentKeepalive(Instant at) => _deadlines[TunnelTimer.PersistentKeepalive] = at;

    // Any authenticated packet, either way.
    private void PacketTraversed(Instant now)
    {
        if (PersistentKeepalive > 0)
            ArmPersistentKeepalive(now + KeepaliveInterval);
    }

    // Any packet of ours that the peer can authenticate, handshakes included.
    private void PacketSent(Instant now)
    {
        _deadlines.Disarm(TunnelTimer.Keepalive);
        PacketTraversed(now);
    }

    // Any authenticated packet of the peer's, handshakes included.
    private void PacketReceived(Instant now)
    {
        _deadlines.Disarm(TunnelTimer.NewHandshake);
        PacketTraversed(now);
    }

    private void DataSent(Instant now)
    {
        if (!_deadlines.IsArmed(TunnelTimer.NewHandshake))
            _deadlines[TunnelTimer.NewHandshake] = now + Constants.NewHandshakeTimeout + _newHandshakeJitter;
    }

    private void DataReceived(Instant now)
    {
        if (!_deadlines.IsArmed(TunnelTimer.Keepalive))
            _deadlines[TunnelTimer.Keepalive] = now + Constants.KeepaliveTimeout;
    }

    private void InitiationSent(Instant now)
    {
        PacketSent(now);
        _deadlines[TunnelTimer.Retransmit] = now + Constants.RekeyTimeout + Jitter();
    }

    private void SessionMade(Instant now)
    {
        _newHandshakeJitter = Jitter();
        _deadlines[TunnelTimer.ZeroKeys] = now + Constants.ZeroKeysAfterTime;
    }

    private void HandshakeCompleted(Instant now)
    {
        CloseInitiator();
        _initiationWanted = false;
        _deadlines.Disarm(TunnelTimer.Retransmit);
        _deadlines.Disarm(TunnelTimer.GiveUp);
        _counters.HandshakesCompleted++;
        LastHandshake = now;
    }

    private TimeSpan Jitter() => new(_random.NextUInt32() % JitterTicks);
}
