using System;
using System.Diagnostics.CodeAnalysis;
using Warren.Protocol.Messages;
using Warren.Protocol.Sessions;

namespace Warren.Protocol;

/// <content>TUN → UDP.</content>
public sealed partial class Tunnel
{
    // Staged packets or a keepalive are to go out on the current keypair, which was usable when this was set.
    private bool _sendStaged;
    private bool _sendKeepalive;

    /// <summary>Reserves consecutive counters of the current session, and a lease on its keypair that the caller releases.</summary>
    /// <param name="now">The present.</param>
    /// <param name="count">How many packets; at least 1.</param>
    /// <param name="keypair">What to seal them with.</param>
    /// <param name="firstCounter">The first one's counter.</param>
    /// <returns>False without a usable session: a handshake was then asked for (<see cref="Poll"/>), and the packets are for
    /// <see cref="Stage"/>. False, too, while stopped or without an endpoint.</returns>
    public bool TryReserve(Instant now, int count, [NotNullWhen(true)] out Keypair? keypair, out ulong firstCounter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        keypair = null;
        firstCounter = 0;
        if (!_running || !HasEndpoint)
            return false;
        if (!HasSession(now) || Constants.RejectAfterMessages - _current!.NextCounter < (ulong)count || !_current.TryAcquire())
        {
            RequestHandshake(now);
            return false;
        }

        keypair = _current;
        firstCounter = keypair.NextCounter;
        keypair.NextCounter += (ulong)count;
        return true;
    }

    /// <summary>After packets sealed with <paramref name="keypair"/> were handed to the network: stamps the timers, and asks
    /// for a new session when this one is due.</summary>
    /// <param name="now">The present.</param>
    /// <param name="keypair">What they were sealed with.</param>
    /// <param name="payloadPackets">How many were not keepalives.</param>
    public void Sent(Instant now, Keypair keypair, int payloadPackets)
    {
        ArgumentNullException.ThrowIfNull(keypair);
        if (!_running)
            return;
        PacketSent(now);
        if (payloadPackets > 0)
            DataSent(now);
        RenewOnSend(now);
    }

    /// <summary>Copies a packet to wait for a session, at most <see cref="Constants.MaxStagedPackets"/>.</summary>
    /// <param name="now">The present.</param>
    /// <param name="packet">The inner packet.</param>
    /// <param name="mtu">The tunnel's, for the padding.</param>
    /// <returns><see cref="DropReason.None"/>; <see cref="DropReason.QueueFull"/> when it was staged and the oldest had to go;
    /// or why it was not staged.</returns>
    public DropReason Stage(Instant now, ReadOnlySpan<byte> packet, int mtu)
    {
        if (!_running)
            return DropReason.DeviceDown;
        if (_local is null)
            return DropReason.PeerHasNoKey;
        if (!HasEndpoint)
            return DropReason.NoEndpoint;
        var fitted = _staged.Add(packet, MessageHeader.PaddedLength(packet.Length, mtu));
        if (HasSession(now))
            _sendStaged = true;
        else
            RequestHandshake(now);
        return fitted ? DropReason.None : DropReason.QueueFull;
    }

    // Writes the oldest staged packet, or a keepalive when none waits; nothing when neither is asked for.
    private Output WriteTransport(Instant now, Span<byte> datagram)
    {
        if (!_sendStaged && !_sendKeepalive)
            return Output.None;
        if (!HasSession(now) || !_current!.TryAcquire())
        {
            _sendStaged = _sendKeepalive = false;
            RequestHandshake(now);
            return Output.None;
        }

        var keypair = _current;
        try
        {
            _sendKeepalive &= _staged.Count == 0;
            if (_sendKeepalive)
                return WriteKeepalive(now, keypair, datagram);
            var packet = _staged.First(out var paddedLength);
            var length = keypair.Seal(keypair.NextCounter++, packet, paddedLength, datagram);
            _staged.RemoveFirst();
            _sendStaged = _staged.Count > 0;
            Sent(now, keypair, payloadPackets: 1);
            return new Output(OutputKind.Transport, length);
        }
        finally
        {
            keypair.Release();
        }
    }

    private Output WriteKeepalive(Instant now, Keypair keypair, Span<byte> datagram)
    {
        _sendKeepalive = false;
        var length = keypair.Seal(keypair.NextCounter++, default, 0, datagram);
        _counters.KeepalivesSent++;
        Sent(now, keypair, payloadPackets: 0);
        return new Output(OutputKind.Keepalive, length);
    }

    // A keepalive now, or the handshake that makes one possible.
    private void RequestKeepalive(Instant now)
    {
        if (HasSession(now))
            _sendKeepalive = true;
        else
            RequestHandshake(now);
    }

    // §6.2: after RekeyAfterMessages either side, after RekeyAfterTime only the initiator, so that both do not at once.
    private void RenewOnSend(Instant now)
    {
        if (_current is { } current && (current.NextCounter >= Constants.RekeyAfterMessages
            || (current.IsInitiator && now - current.Created >= Constants.RekeyAfterTime)))
            RequestHandshake(now);
    }
}
