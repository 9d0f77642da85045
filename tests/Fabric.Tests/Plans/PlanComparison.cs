using Warren.Fabric.Plans;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Tests.Plans;

/// <summary>A plan beside a policy: random authorities, random packets, and whether both say the same of each.</summary>
internal static class PlanComparison
{
    /// <summary>Null, or the first packet of which they say different things.</summary>
    internal static string? FirstDifference(int firstSeed, int authorities, int packets, int[] verdicts)
    {
        for (var seed = firstSeed; seed < firstSeed + authorities; seed++)
        {
            var random = new RandomAuthority(seed);
            var router = random.Authority.Routers[0];
            var node = router.Nodes[0];
            var plan = PlanCompiler.Compile(random.Authority, router, node).Plan!;
            Disjointness.Check(plan);
            var policy = new Policy(random.Authority, router, node);
            for (var i = 0; i < packets; i++)
            {
                var packet = random.Packet(node);
                var (expected, actual) = (policy.Decide(packet), PlanLookup.Decide(plan, packet));
                verdicts[(int)expected.Verdict]++;
                if (!Same(expected, actual))
                    return $"seed {seed}: {packet}\npolicy {Say(expected)}\nplan   {Say(actual)}\n{random.Text}";
            }
        }

        return null;
    }

    private static bool Same(Decision left, Decision right) =>
        left.Verdict == right.Verdict && left.Tenant == right.Tenant && left.Service == right.Service && left.Stage == right.Stage && left.Route == right.Route && left.NatTarget == right.NatTarget
        && left.PortTarget == right.PortTarget && left.Egress == right.Egress && left.Gateway == right.Gateway && left.SourceNat == right.SourceNat && left.Peer == right.Peer;

    private static string Say(Decision of)
    {
        var text = $"{of.Verdict} tenant {of.Tenant} service {of.Service} stage {of.Stage} route {of.Route} nat {of.NatTarget} port {of.PortTarget} egress {of.Egress} via {of.Gateway} snat {of.SourceNat} peer {of.Peer}";
        foreach (var step in of.Steps)
            text += $"\n       {step.Kind}: {step.Text}";
        return text;
    }
}
