using System;
using System.Diagnostics;
using System.Security.Cryptography;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Protocol;

/// <content>Handshakes, and the sessions that come of them.</content>
/// <remarks>A handshake of ours and one of the peer's may be open at once: each has its own state, so two sides that begin at
/// the same moment both succeed, and the previous, current and next keypair carry whichever the peer uses.</remarks>
public sealed partial class Tunnel
{
    private Handshake? _initiator; // Open from our initiation until its response.
    private Handshake? _responder; // Open from the peer's initiation until our response is written.
    private Keypair? _previous;
    private Keypair? _current;
    private Keypair? _next;
    private bool _renewedOnReceive;

    private bool _initiationWanted;
    private bool _isRetry;
    private Instant _nextInitiation = Instant.Zero;
    private Tai64N _lastTimestampSent;

    private Tai64N _greatestTimestampReceived;
    private Instant _floodUntil = Instant.Zero;

    /// <summary>Takes an initiation that <see cref="InitiationReader"/> or a <see cref="HandshakeBatch"/> found to be this peer's.
    /// The response is written by the next <see cref="Poll"/>, or by <see cref="Answer"/>.</summary>
    public DropReason HandleInitiation(Instant now, in ReceivedInitiation initiation, in Path from)
    {
        if (!_running)
            return DropReason.DeviceDown;
        if (_local is null)
            return DropReason.PeerHasNoKey;
        if (!TryKnowStaticStatic())
            return DropReason.LowOrderPoint;

        Span<byte> memory = stackalloc byte[SymmetricState.Size];
        try
        {
            initiation.CopyState(memory);
            var state = new SymmetricState(memory);
            if (!InitiationReader.TryReadTimestamp(state, initiation.Message, StaticStatic, out var timestamp))
                return DropReason.HandshakeDecryptFailed;
            if (timestamp <= _greatestTimestampReceived)
                return DropReason.StaleTimestamp;
            if (now < _floodUntil)
                return DropReason.InitiationFlood;

            _greatestTimestampReceived = timestamp;
            _floodUntil = now + Constants.HandshakeInitiationRate;
            _responder ??= new Handshake();
            state.CopyTo(_responder.State);
            initiation.Message.Slice(Noise.InitiationEphemeral, Noise.KeySize).CopyTo(_responder.RemoteEphemeral);
            _responder.RemoteIndex = initiation.SenderIndex;
            _responder.IsOpen = true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(memory);
        }

        _counters.InitiationsReceived++;
        Roam(from);
        PacketReceived(now);
        return DropReason.None;
    }

    /// <summary>Takes a response whose first mac was checked and whose receiver index is this tunnel's. The session is made:
    /// the next <see cref="Poll"/> confirms it with a staged packet or a keepalive.</summary>
    public DropReason HandleResponse(Instant now, ReadOnlySpan<byte> message, in Path from)
    {
        if (!_running)
            return DropReason.DeviceDown;
        if (MessageHeader.Classify(message) != MessageType.Response)
            return DropReason.Malformed;
        if (_local is null || _initiator is not { IsOpen: true } handshake
            || handshake.LocalIndex != MessageHeader.ReceiverIndex(message))
            return DropReason.UnexpectedResponse;
        var reason = ResponseReader.Read(handshake, _local, Psk, message);
        if (reason != DropReason.None)
            return reason;

        var keypair = new Keypair(
            this, _primitives, now, isInitiator: true, handshake.LocalIndex, MessageHeader.SenderIndex(message));
        handshake.State.Split(keypair.SendKey, keypair.ReceiveKey);
        handshake.Clear();
        _indices.Replace(keypair);
        InstallAsInitiator(keypair);

        _counters.ResponsesReceived++;
        Roam(from);
        PacketReceived(now);
        SessionMade(now);
        HandshakeCompleted(now);
        _sendStaged = _staged.Count > 0;
        _sendKeepalive = !_sendStaged;
        return DropReason.None;
    }

    /// <summary>Takes a cookie reply whose receiver index is this tunnel's: its cookie goes into the next handshake message.</summary>
    public DropReason HandleCookieReply(Instant now, ReadOnlySpan<byte> message)
    {
        if (!_running)
            return DropReason.DeviceDown;
        if (MessageHeader.Classify(message) != MessageType.CookieReply)
            return DropReason.Malformed;
        if (!Cookies.TryConsume(now, message))
            return DropReason.CookieDecryptFailed;
        _counters.CookiesReceived++;
        return DropReason.None;
    }

    // A handshake is to begin as soon as RekeyTimeout allows, or the open one goes on; either way it gets its full time (§6.4).
    private void RequestHandshake(Instant now)
    {
        if (!_running || _local is null)
            return;
        _deadlines[TunnelTimer.GiveUp] = now + Constants.RekeyAttemptTime;
        if (!_initiationWanted && !_deadlines.IsArmed(TunnelTimer.Retransmit))
            (_initiationWanted, _isRetry) = (true, false);
    }

    private Output WriteInitiation(Instant now, Tai64N wallClock, Span<byte> datagram)
    {
        if (!_initiationWanted || now < _nextInitiation)
            return Output.None;
        _initiationWanted = false;
        _nextInitiation = now + Constants.RekeyTimeout;
        CloseInitiator();

        // A key of small order can never be shaken hands with; the timers run on, so that staged packets are given up.
        var written = false;
        var message = datagram[..MessageSize.Initiation];
        if (TryKnowStaticStatic())
        {
            _initiator ??= new Handshake();
            _initiator.LocalIndex = _indices.Allocate(this, _random);
            _lastTimestampSent = wallClock > _lastTimestampSent ? wallClock : _lastTimestampSent.Next();
            written = InitiationWriter.TryWrite(
                _initiator, _local!, RemoteStaticBytes, StaticStatic, _lastTimestampSent, _primitives, _random, message);
            Debug.Assert(written, "the static DH has shown that the key is of full order");
        }

        InitiationSent(now);
        if (!written)
            return Output.None;
        Cookies.AddMacs(now, message);
        _counters.InitiationsSent++;
        if (_isRetry)
            _counters.InitiationsRetried++;
        return new Output(OutputKind.Initiation, MessageSize.Initiation);
    }

    /// <summary>Writes the response to an initiation of a batch that this tunnel took and the batch computed; nothing when the
    /// handshake was closed or replaced by a newer one since. The rest of what is due is <see cref="Poll"/>'s to write.</summary>
    /// <param name="now">The present.</param>
    /// <param name="batch">After <see cref="HandshakeBatch.Compute"/>.</param>
    /// <param name="index">Which message of it, prepared for this tunnel.</param>
    /// <param name="datagram">At least <see cref="MessageSize.Initiation"/> bytes.</param>
    public Output Answer(Instant now, HandshakeBatch batch, int index, Span<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var secrets = batch.Secrets(index);
        if (!_running || _local is null || !HasEndpoint || _responder is not { IsOpen: true } handshake
            || !handshake.RemoteEphemeral.SequenceEqual(batch.Ephemeral(index)))
            return Output.None;
        return WriteResponse(now, handshake, _indices.Allocate(this, _random), secrets, datagram);
    }

    private Output WriteResponse(Instant now, Span<byte> datagram)
    {
        if (_responder is not { IsOpen: true } handshake)
            return Output.None;
        Span<byte> points = stackalloc byte[ResponseSecrets.PointsSize];
        Span<byte> scalars = stackalloc byte[ResponseSecrets.Size];
        Span<byte> secrets = stackalloc byte[ResponseSecrets.Size];
        var index = _indices.Allocate(this, _random);
        ResponseSecrets.WritePoints(handshake.RemoteEphemeral, RemoteStaticBytes, points);
        ResponseSecrets.Generate(_primitives, _random, points, scalars, secrets);
        var output = WriteResponse(now, handshake, index, secrets, datagram);
        CryptographicOperations.ZeroMemory(secrets);
        return output;
    }

    private Output WriteResponse(Instant now, Handshake handshake, uint index, ReadOnlySpan<byte> secrets, Span<byte> datagram)
    {
        var message = datagram[..MessageSize.Response];
        if (!ResponseWriter.TryWrite(handshake, secrets, Psk, index, message))
        {
            _indices.Remove(index, this);
            handshake.Clear();
            return Output.None;
        }

        var keypair = new Keypair(this, _primitives, now, isInitiator: false, index, handshake.RemoteIndex);
        handshake.State.Split(keypair.ReceiveKey, keypair.SendKey);
        handshake.Clear();
        _indices.Replace(keypair);
        InstallAsResponder(keypair);

        Cookies.AddMacs(now, message);
        _counters.ResponsesSent++;
        _nextInitiation = now + Constants.RekeyTimeout;
        SessionMade(now);
        PacketSent(now);
        return new Output(OutputKind.Response, MessageSize.Response);
    }

    // The response proved that the peer has this session: it is current at once. A session of the peer's making that was not
    // yet confirmed may be confirmed still (both began at once): it is kept to receive with, as the kernel and wireguard-go do.
    private void InstallAsInitiator(Keypair keypair)
    {
        Drop(ref _previous);
        if (_next is not null)
        {
            Drop(ref _current);
            (_previous, _next) = (_next, null);
        }
        else
        {
            _previous = _current;
        }

        _current = keypair;
        _renewedOnReceive = false;
    }

    // The initiator has not yet shown that it can use this session: nothing is sent on it before it does.
    private void InstallAsResponder(Keypair keypair)
    {
        Drop(ref _next);
        Drop(ref _previous);
        _next = keypair;
    }

    private void ConfirmNext(Instant now)
    {
        Drop(ref _previous);
        (_previous, _current, _next) = (_current, _next, null);
        _renewedOnReceive = false;
        HandshakeCompleted(now);
        _sendStaged = _staged.Count > 0;
    }

    private void Drop(ref Keypair? keypair)
    {
        if (keypair is null)
            return;
        _indices.Remove(keypair.LocalIndex, keypair);
        keypair.Kill();
        keypair = null;
    }

    private void CloseInitiator()
    {
        if (_initiator is not { IsOpen: true })
            return;
        _indices.Remove(_initiator.LocalIndex, this);
        _initiator.Clear();
    }

    private void EndSessions()
    {
        CloseInitiator();
        _responder?.Clear();
        DropSessions();
        _initiationWanted = _sendStaged = _sendKeepalive = false;
    }

    private void DropSessions()
    {
        Drop(ref _previous);
        Drop(ref _current);
        Drop(ref _next);
    }

    // Computed at the first handshake, not at configuration: ten thousand peers are configured at once, few speak at once.
    private bool TryKnowStaticStatic()
    {
        if (_staticStaticKnown)
            return true;
        _staticStaticKnown = _local!.TryDerive(RemoteStaticBytes, StaticStatic);
        return _staticStaticKnown;
    }
}
