namespace Warren.Protocol.Messages;

/// <summary>The four messages of §5.4: the first byte on the wire; the three after it are zero.</summary>
public enum MessageType
{
    /// <summary>Nothing of ours.</summary>
    Invalid = 0,

    /// <summary>§5.4.2: first message of a handshake.</summary>
    Initiation = 1,

    /// <summary>§5.4.3: its answer.</summary>
    Response = 2,

    /// <summary>§5.4.7: the answer of a responder under load.</summary>
    CookieReply = 3,

    /// <summary>§5.4.6: a sealed packet.</summary>
    Transport = 4,
}
