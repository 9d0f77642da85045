using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>What a host says of one peer.</summary>
public sealed record TunnelPeer
{
    /// <summary>Where it begins.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Offset behind its first line, where a setting can be put in.</summary>
    public int InsertAt { get; init; } = -1;

    /// <summary>What people call it: a comment or, in an authority, its name; or null.</summary>
    public string? Label { get; init; }

    /// <summary>Its public key, or null.</summary>
    public WrittenKey? PublicKey { get; init; }

    /// <summary>The preshared key, or null.</summary>
    public WrittenKey? PresharedKey { get; init; }

    /// <summary>Whether a preshared key is kept in a place that is not read here.</summary>
    public bool HasPresharedKeyElsewhere { get; init; }

    /// <summary>Where it is dialled, or null.</summary>
    public WrittenEndpoint? Endpoint { get; init; }

    /// <summary>What it may send and is sent.</summary>
    public IReadOnlyList<WrittenPrefix> AllowedIps { get; init; } = [];

    /// <summary>Whether any allowed IPs are written, readable or not.</summary>
    public bool HasAllowedIps { get; init; }

    /// <summary>Seconds between keepalives; 0 for none.</summary>
    public int Keepalive { get; init; }
}
