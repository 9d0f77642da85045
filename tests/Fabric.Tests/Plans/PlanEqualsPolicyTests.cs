using System;
using System.Linq;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Tests.Plans;

/// <summary>The rules read one after the other, and the tables made of them, say the same of every packet.</summary>
[Trait("Category", "Property")]
public sealed class PlanEqualsPolicyTests
{
    private const int Authorities = 60;
    private const int Packets = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Plan_and_policy_agree_on_random_authorities_and_packets(int group)
    {
        var verdicts = new int[Enum.GetValues<Verdict>().Length];
        for (var seed = group * 1000; seed < (group * 1000) + Authorities; seed++)
        {
            var random = new RandomAuthority(seed);
            var router = random.Authority.Routers[0];
            var node = router.Nodes[0];
            var plan = PlanCompiler.Compile(random.Authority, router, node).Plan!;
            Disjointness.Check(plan);
            var policy = new Policy(random.Authority, router, node);
            for (var i = 0; i < Packets; i++)
            {
                var packet = random.Packet(node);
                var expected = policy.Decide(packet);
                var actual = PlanLookup.Decide(plan, packet);
                verdicts[(int)expected.Verdict]++;
                Assert.True(Same(expected, actual), $"seed {seed}: {packet}\npolicy {Say(expected)}\nplan   {Say(actual)}\n{random.Text}");
            }
        }

        // Else the generator has become too tame to tell anything.
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.True(verdicts[(int)verdict] > 0, $"no packet was {verdict}"));
    }

    private static bool Same(Decision left, Decision right) =>
        left.Verdict == right.Verdict && left.Tenant == right.Tenant && left.Service == right.Service && left.Stage == right.Stage && left.Route == right.Route && left.NatTarget == right.NatTarget
        && left.PortTarget == right.PortTarget && left.Egress == right.Egress && left.Gateway == right.Gateway && left.SourceNat == right.SourceNat && left.Peer == right.Peer;

    private static string Say(Decision of) =>
        $"{of.Verdict} tenant {of.Tenant} service {of.Service} stage {of.Stage} route {of.Route} nat {of.NatTarget} port {of.PortTarget} egress {of.Egress} via {of.Gateway} snat {of.SourceNat} peer {of.Peer}\n       "
        + string.Join("\n       ", of.Steps.Select(step => $"{step.Kind}: {step.Text}"));
}
