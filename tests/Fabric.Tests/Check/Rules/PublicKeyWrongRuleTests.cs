using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class PublicKeyWrongRuleTests
{
    [Fact]
    public void Rejects_a_key_that_the_named_host_does_not_have()
    {
        var finding = Three.Check(hub: text => text.Replace(Three.OneKeys.Public, Pair.Of(9).Public, StringComparison.Ordinal)).Rejects("public-key-wrong", "hub.conf");
        Assert.Equal($"PublicKey = {Three.OneKeys.Public}", finding.Fix);
        Assert.Contains("one.conf:3", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_it_at_the_end_that_dials()
    {
        var finding = Three.Check(one: text => text.Replace(Three.HubKeys.Public, Pair.Of(9).Public, StringComparison.Ordinal)).Rejects("public-key-wrong", "one.conf");
        Assert.Equal($"PublicKey = {Three.HubKeys.Public}", finding.Fix);
    }

    [Fact]
    public void Accepts_a_key_whose_holder_is_not_among_the_files()
    {
        var report = Three.Files(("hub.conf", Three.Hub), ("two.conf", Three.Two));
        report.Accepts("public-key-wrong");
        report.IsClean();
    }

    [Fact]
    public void Accepts_two_networks_that_use_the_same_addresses()
    {
        var other = Three.Hub.Replace(Three.HubKeys.Private, Pair.Of(10).Private, StringComparison.Ordinal).Replace(Three.OneKeys.Public, Pair.Of(11).Public, StringComparison.Ordinal)
            .Replace(Three.TwoKeys.Public, Pair.Of(12).Public, StringComparison.Ordinal);
        Three.Files(("hub.conf", Three.Hub), ("one.conf", Three.One), ("two.conf", Three.Two), ("other.conf", other)).IsClean();
    }
}
