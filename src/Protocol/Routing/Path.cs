namespace Warren.Protocol.Routing;

/// <summary>Both ends of the outer way to a peer: its endpoint, and the local address and interface its last
/// authenticated packet was sent to, so that replies leave from there. Local is unspecified and the index 0 when
/// unknown.</summary>
public readonly record struct Path(Endpoint Remote, IpAddress Local = default, int InterfaceIndex = 0);
