namespace Warren.Protocol.Messages;

/// <summary>Lengths on the wire, in bytes.</summary>
public static class MessageSize
{
    /// <summary>A whole initiation.</summary>
    public const int Initiation = 148;

    /// <summary>A whole response.</summary>
    public const int Response = 92;

    /// <summary>A whole cookie reply.</summary>
    public const int CookieReply = 64;

    /// <summary>What stands before the sealed text of a transport message.</summary>
    public const int TransportHeader = 16;

    /// <summary>An authentication tag.</summary>
    public const int Tag = 16;

    /// <summary>A transport message with nothing inside, the least there is.</summary>
    public const int Keepalive = TransportHeader + Tag;

    /// <summary>Each of the two macs that end an initiation and a response.</summary>
    public const int Mac = 16;
}
