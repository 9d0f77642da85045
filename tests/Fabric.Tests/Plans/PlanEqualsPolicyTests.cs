using System;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Tests.Plans;

/// <summary>The rules read one after the other, and the tables made of them, say the same of every packet.</summary>
[Trait("Category", "Property")]
public sealed class PlanEqualsPolicyTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(4000)]
    [InlineData(5000)]
    public void Plan_and_policy_agree_on_random_authorities_and_packets(int firstSeed)
    {
        var verdicts = new int[Enum.GetValues<Verdict>().Length];
        Assert.Null(PlanComparison.FirstDifference(firstSeed, 60, 300, verdicts));

        // Else the generator has become too tame to tell anything.
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.True(verdicts[(int)verdict] > 0, $"no packet was {verdict}"));
    }
}
