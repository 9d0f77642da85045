using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Drops;

/// <summary>What is known of the last packet dropped for one reason. What is not known is null or 0.</summary>
/// <param name="Seconds">Unix time.</param>
/// <param name="Nanoseconds">Nanoseconds of the same moment.</param>
/// <param name="Size">Bytes of the datagram (inbound) or of the inner packet (outbound).</param>
/// <param name="Endpoint">Outer address: whom it came from, or where it was going.</param>
/// <param name="Key">The static public key that the sender claimed or that the peer has.</param>
/// <param name="InnerSource">Source address of the packet inside the tunnel.</param>
/// <param name="InnerDestination">Destination address of the packet inside the tunnel.</param>
public readonly record struct DropEvidence(
    long Seconds,
    int Nanoseconds,
    int Size,
    Endpoint? Endpoint,
    PublicKey? Key,
    IpAddress? InnerSource,
    IpAddress? InnerDestination);
