namespace Warren.Protocol;

/// <summary>What a datagram written by <see cref="Tunnel.Poll"/> is.</summary>
public enum OutputKind
{
    /// <summary>Nothing was written: nothing is due.</summary>
    None,

    /// <summary>A handshake begins, or is tried again.</summary>
    Initiation,

    /// <summary>The answer to an initiation.</summary>
    Response,

    /// <summary>The answer of a loaded device. Not from a tunnel: <see cref="Handshakes.CookieChecker"/> writes it.</summary>
    CookieReply,

    /// <summary>A packet that was staged.</summary>
    Transport,

    /// <summary>A transport message with nothing inside.</summary>
    Keepalive,
}
