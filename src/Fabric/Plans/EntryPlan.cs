using System.Collections.Generic;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>What is done with the sessions of a service: one way of delivering it.</summary>
/// <param name="Id">1 to 32,765, the same over commits while it is there; in marks of sessions.</param>
/// <param name="Service">The service.</param>
/// <param name="Route">The service route; null where the machine's networks deliver it.</param>
/// <param name="IsIPv6">The family.</param>
/// <param name="Way">How it leaves.</param>
/// <param name="Interface">The id of the interface by which it leaves; 0 for none.</param>
/// <param name="Gateway">The next router, or null.</param>
/// <param name="NatTarget">The destination instead of its own, or null.</param>
/// <param name="PortTarget">The port instead of its own, or null.</param>
/// <param name="SourceNat">Whether its source becomes the interface's address.</param>
/// <param name="Dscp">The code point of its packets, where its service policy has a class; null otherwise.</param>
/// <param name="TransportState">What becomes of TCP that does not begin with SYN.</param>
public sealed record EntryPlan(
    int Id, string Service, string? Route, bool IsIPv6, WayOut Way, int Interface, IpAddress? Gateway, IpAddress? NatTarget, ushort? PortTarget, bool SourceNat, byte? Dscp,
    TransportState TransportState)
{
    /// <summary>Entries of the service's further ways, in the order of route names: for new sessions when this one is down, or, where <see cref="IsProportional"/>, beside it.</summary>
    public IReadOnlyList<int> Others { get; init; } = [];

    /// <summary>Whether sessions are spread over this entry and the others (lb-strategy proportional); otherwise this one has all while it is up (hunt).</summary>
    public bool IsProportional { get; init; }

    /// <summary>The highest id: above are the machine's own (facts/enforcement 2).</summary>
    public const int HighestId = 0x7ffd;
}
