using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>A UDP datagram on its way. The bytes belong to the network and are never changed in place.</summary>
public readonly record struct Datagram(Endpoint Source, Endpoint Destination, byte[] Bytes);
