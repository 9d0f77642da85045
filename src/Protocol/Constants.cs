using System;

namespace Warren.Protocol;

/// <summary>Every limit and timer of section 6 of the WireGuard paper under its own name, with the paper's values; where
/// the paper leaves one open, wireguard-go's.</summary>
public static class Constants
{
    /// <summary>§6.1: after this many messages of one session a new handshake is asked for (2⁶⁰).</summary>
    public const ulong RekeyAfterMessages = 1UL << 60;

    /// <summary>§6.1: no counter of a session reaches this value, sent or received (2⁶⁴ − 2¹³ − 1).</summary>
    public const ulong RejectAfterMessages = ulong.MaxValue - (1UL << 13);

    /// <summary>§5.4.6: transport plaintext is padded with zeros to a multiple of this, in bytes.</summary>
    public const int PaddingMultiple = 16;

    /// <summary>Packets one peer may hold while its handshake runs; the oldest makes room for the newest.</summary>
    public const int MaxStagedPackets = 128;

    /// <summary>RFC 6479: how far behind the greatest counter received a packet may arrive.</summary>
    public const int ReplayWindowSize = 8128;

    /// <summary>Peers of one device, as wireguard-go limits them.</summary>
    public const int MaxPeers = 1 << 16;

    /// <summary>§6.2: the initiator asks for a new session when it sends on one of this age: 120 s.</summary>
    public static readonly TimeSpan RekeyAfterTime = TimeSpan.FromSeconds(120);

    /// <summary>§6.2: a session of this age neither sends nor receives: 180 s.</summary>
    public static readonly TimeSpan RejectAfterTime = TimeSpan.FromSeconds(180);

    /// <summary>§6.4: a handshake that nobody answers is given up after this time: 90 s.</summary>
    public static readonly TimeSpan RekeyAttemptTime = TimeSpan.FromSeconds(90);

    /// <summary>§6.1, §6.4: the least time between two initiations to one peer: 5 s.</summary>
    public static readonly TimeSpan RekeyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>§6.1: at most this much is added to a retry, so that two sides that collided part: 334 ms.</summary>
    public static readonly TimeSpan RekeyTimeoutJitterMax = TimeSpan.FromMilliseconds(334);

    /// <summary>§6.5: data received and nothing sent for this long calls for a keepalive: 10 s.</summary>
    public static readonly TimeSpan KeepaliveTimeout = TimeSpan.FromSeconds(10);

    /// <summary>§6.5: data sent and nothing authenticated received for this long, plus jitter, calls for a new
    /// handshake: KeepaliveTimeout + RekeyTimeout.</summary>
    public static readonly TimeSpan NewHandshakeTimeout = KeepaliveTimeout + RekeyTimeout;

    /// <summary>§6.2: the initiator asks for a new session when it receives on one of this age, as it may not send before
    /// that dies: RejectAfterTime − KeepaliveTimeout − RekeyTimeout.</summary>
    public static readonly TimeSpan RekeyOnReceiveTime = RejectAfterTime - KeepaliveTimeout - RekeyTimeout;

    /// <summary>§6.3: all key material goes this long after the last session was made: 3 × RejectAfterTime.</summary>
    public static readonly TimeSpan ZeroKeysAfterTime = RejectAfterTime * 3;

    /// <summary>§6.6: a cookie and the secret it was made with live this long: 120 s.</summary>
    public static readonly TimeSpan CookieRefreshTime = TimeSpan.FromSeconds(120);

    /// <summary>Initiations of one peer that follow a valid one within this time are dropped: 20 ms.</summary>
    public static readonly TimeSpan HandshakeInitiationRate = TimeSpan.FromMilliseconds(20);

    /// <summary>A device counts as under load for this long after the last sign of it: 1 s.</summary>
    public static readonly TimeSpan UnderLoadAfterTime = TimeSpan.FromSeconds(1);
}
