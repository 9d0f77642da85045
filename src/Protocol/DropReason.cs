namespace Warren.Protocol;

/// <summary>Why something was dropped in silence. One list for the whole product: the protocol's reasons first, a device's
/// after. Values may be added at the end and never change: counters are arrays indexed by them.</summary>
public enum DropReason
{
    /// <summary>Not dropped.</summary>
    None = 0,

    /// <summary>No WireGuard message: unknown type, reserved bytes set, or a size no such message has.</summary>
    Malformed,

    /// <summary>The first mac is wrong: the sender does not know our public key, or the message was altered.</summary>
    BadMac1,

    /// <summary>Under load and without a valid second mac: a cookie was sent instead of an answer.</summary>
    BadMac2,

    /// <summary>Under load, and this source sent more handshakes than it may.</summary>
    RateLimited,

    /// <summary>A valid initiation from a static key that is no peer's.</summary>
    UnknownStaticKey,

    /// <summary>An initiation's static key or timestamp does not authenticate.</summary>
    HandshakeDecryptFailed,

    /// <summary>An initiation as old as, or older than, one accepted before: a replay, or a peer whose clock went back.</summary>
    StaleTimestamp,

    /// <summary>An initiation closer to the one before than any honest peer sends them.</summary>
    InitiationFlood,

    /// <summary>A public key of small order: the shared secret would be zero.</summary>
    LowOrderPoint,

    /// <summary>No handshake and no session has this receiver index (often: we restarted and the peer did not notice yet).</summary>
    UnknownReceiverIndex,

    /// <summary>A response to no initiation of ours that is still open.</summary>
    UnexpectedResponse,

    /// <summary>A response does not authenticate: the preshared keys differ, or it is not from that peer.</summary>
    WrongPresharedKeyOrIdentity,

    /// <summary>A cookie reply does not authenticate, or answers nothing we sent.</summary>
    CookieDecryptFailed,

    /// <summary>A transport packet of a session too old, too long used, or already replaced.</summary>
    KeypairExpired,

    /// <summary>A transport counter seen before, or too far behind.</summary>
    Replay,

    /// <summary>A transport packet does not authenticate.</summary>
    AuthenticationFailed,

    /// <summary>The inner source address is not among the peer's allowed IPs.</summary>
    SourceNotAllowed,

    /// <summary>What was inside is no IP packet.</summary>
    InnerMalformed,

    /// <summary>No peer has an allowed IP that covers the destination.</summary>
    NoPeerForDestination,

    /// <summary>The peer has no endpoint yet.</summary>
    NoEndpoint,

    /// <summary>Packets that waited for a session that never came.</summary>
    NoSession,

    /// <summary>A queue was full; the oldest went.</summary>
    QueueFull,

    /// <summary>Larger than what can be carried.</summary>
    TooBig,

    /// <summary>The device has no private key.</summary>
    PeerHasNoKey,

    /// <summary>The socket refused it.</summary>
    SendFailed,

    /// <summary>The device is down.</summary>
    DeviceDown,

    /// <summary>The TUN refused it.</summary>
    TunWriteFailed,

    /// <summary>A handshake from our own public key.</summary>
    OwnKey,
}
