using Warren.Fabric.Policies;

namespace Warren.Fabric.Differences;

/// <summary>A tenant that gained or lost a service, or a part of one.</summary>
/// <param name="Router">At which router.</param>
/// <param name="Node">At which node.</param>
/// <param name="Tenant">Who.</param>
/// <param name="Service">What.</param>
/// <param name="IsGained">Whether it may now, and could not before.</param>
/// <param name="Example">A packet that shows it.</param>
public sealed record ReachabilityChange(string Router, string Node, string Tenant, string Service, bool IsGained, Packet Example)
{
    /// <summary>"+ workers web at n1.r1: 10.0.0.2 → 192.0.2.1 tcp/80 by wan".</summary>
    public override string ToString() => $"{(IsGained ? '+' : '-')} {Tenant} {Service} at {Node}.{Router}: {Example}";
}
