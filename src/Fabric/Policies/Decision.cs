using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

/// <summary>What becomes of a session, and the whole chain of reasons.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Steps">Why, in order, each with its line.</param>
public sealed record Decision(Verdict Verdict, IReadOnlyList<Step> Steps)
{
    /// <summary>Whose it is; null where it did not come that far.</summary>
    public string? Tenant { get; init; }

    /// <summary>Which service it is of; null for none.</summary>
    public string? Service { get; init; }

    /// <summary>At which stage of lookup the service was found.</summary>
    public LookupStage? Stage { get; init; }

    /// <summary>The service route that delivers it; null where the machine's own routes do.</summary>
    public string? Route { get; init; }

    /// <summary>Where it goes instead of its destination; null for there.</summary>
    public IpAddress? NatTarget { get; init; }

    /// <summary>The port that replaces its own; null for none.</summary>
    public ushort? PortTarget { get; init; }

    /// <summary>The network interface by which it leaves; null where it does not.</summary>
    public string? Egress { get; init; }

    /// <summary>The next router; null for none.</summary>
    public IpAddress? Gateway { get; init; }

    /// <summary>Whether its source becomes that of the interface by which it leaves.</summary>
    public bool SourceNat { get; init; }

    /// <summary>The peer that gets it; null where it does not go into a profile.</summary>
    public string? Peer { get; init; }

    /// <summary>Whether it passes.</summary>
    public bool Passes => Verdict is Verdict.Allowed or Verdict.AllowedHere;
}
