using System;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Protocol;

/// <content>UDP → TUN.</content>
public sealed partial class Tunnel
{
    /// <summary>Decides about a packet that <see cref="Keypair.TryOpen"/> opened: age, replay, which session is now in use,
    /// roaming, timers.</summary>
    /// <param name="now">The present.</param>
    /// <param name="keypair">What opened it.</param>
    /// <param name="counter">Its counter.</param>
    /// <param name="plaintextLength">What was inside; 0 is a keepalive.</param>
    /// <param name="from">The way it came.</param>
    /// <returns><see cref="DropReason.None"/>: deliver it, unless it is a keepalive.</returns>
    public DropReason Accept(Instant now, Keypair keypair, ulong counter, int plaintextLength, in Path from)
    {
        ArgumentNullException.ThrowIfNull(keypair);
        if (!_running)
            return DropReason.DeviceDown;
        if (keypair != _current && keypair != _previous && keypair != _next)
            return DropReason.KeypairExpired;
        if (keypair.IsExpired(now) || counter >= Constants.RejectAfterMessages)
            return DropReason.KeypairExpired;
        if (!keypair.Received.TryAccept(counter))
            return DropReason.Replay;

        if (keypair == _next)
            ConfirmNext(now);
        Roam(from);
        PacketReceived(now);
        if (plaintextLength > 0)
            DataReceived(now);
        else
            _counters.KeepalivesReceived++;
        RenewOnReceive(now);
        return DropReason.None;
    }

    // §2.1: the endpoint is where the last packet came from that is authenticated and fresh.
    private void Roam(in Path from)
    {
        if (Path != from)
            Path = from;
        HasEndpoint = true;
    }

    // §6.2: the initiator may have nothing to send before the session dies; once per session.
    private void RenewOnReceive(Instant now)
    {
        if (_renewedOnReceive || _current is not { IsInitiator: true } current
            || now - current.Created < Constants.RekeyOnReceiveTime)
            return;
        _renewedOnReceive = true;
        RequestHandshake(now);
    }
}
