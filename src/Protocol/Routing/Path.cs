using System;

namespace Warren.Protocol.Routing;

/// <summary>Both ends of the outer way to a peer: its endpoint, and the local address and interface its last
/// authenticated packet was sent to, so that replies leave from there. Local is unspecified and the index 0 when
/// unknown.</summary>
public readonly record struct Path(Endpoint Remote, IpAddress Local = default, int InterfaceIndex = 0)
{
    /// <summary>Whether both ends and the interface are the same. Written out, as it is asked for every packet.</summary>
    public bool Equals(Path other) =>
        Remote.Equals(other.Remote) && Local.Equals(other.Local) && InterfaceIndex == other.InterfaceIndex;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Remote.GetHashCode(), Local.High, Local.Low, InterfaceIndex);
}
