using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>An address of the machine itself.</summary>
/// <param name="Address">The address.</param>
/// <param name="Interface">The id of the network interface that has it.</param>
public readonly record struct OwnAddress(IpAddress Address, int Interface);
