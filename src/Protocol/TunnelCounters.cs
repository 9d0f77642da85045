namespace Warren.Protocol;

/// <summary>What a tunnel's handshakes and keepalives came to since it was made. Each only grows.</summary>
public record struct TunnelCounters
{
    /// <summary>Initiations written, retries included.</summary>
    public ulong InitiationsSent { readonly get; internal set; }

    /// <summary>Initiations written because the one before was not answered.</summary>
    public ulong InitiationsRetried { readonly get; internal set; }

    /// <summary>Initiations that were valid and fresh.</summary>
    public ulong InitiationsReceived { readonly get; internal set; }

    /// <summary>Responses written.</summary>
    public ulong ResponsesSent { readonly get; internal set; }

    /// <summary>Responses that made a session.</summary>
    public ulong ResponsesReceived { readonly get; internal set; }

    /// <summary>Cookies received.</summary>
    public ulong CookiesReceived { readonly get; internal set; }

    /// <summary>Handshakes complete on this side: as initiator by the response, as responder by the first transport packet.</summary>
    public ulong HandshakesCompleted { readonly get; internal set; }

    /// <summary>Handshakes given up after <see cref="Constants.RekeyAttemptTime"/>.</summary>
    public ulong HandshakesGivenUp { readonly get; internal set; }

    /// <summary>Staged packets dropped because no session came: <see cref="DropReason.NoSession"/>.</summary>
    public ulong StagedGivenUp { readonly get; internal set; }

    /// <summary>Keepalives written.</summary>
    public ulong KeepalivesSent { readonly get; internal set; }

    /// <summary>Keepalives received.</summary>
    public ulong KeepalivesReceived { readonly get; internal set; }
}
