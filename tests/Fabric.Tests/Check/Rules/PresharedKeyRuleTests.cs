using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class PresharedKeyRuleTests
{
    [Fact]
    public void Rejects_one_that_only_one_end_has()
    {
        var finding = Three.Check(one: text => text + $"PresharedKey = {Pair.Of(20).Private}\n").Rejects("preshared-key-differs", "one.conf");
        Assert.DoesNotContain(Pair.Of(20).Private, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_two_different_ones()
    {
        Three.Check(hub: text => text + $"PresharedKey = {Pair.Of(20).Private}\n", two: text => text + $"PresharedKey = {Pair.Of(21).Private}\n").Rejects("preshared-key-differs", "two.conf");
    }

    [Fact]
    public void Accepts_the_same_at_both_ends()
    {
        Three.Check(hub: text => text + $"PresharedKey = {Pair.Of(20).Private}\n", two: text => text + $"PresharedKey = {Pair.Of(20).Private}\n").IsClean();
    }
}
