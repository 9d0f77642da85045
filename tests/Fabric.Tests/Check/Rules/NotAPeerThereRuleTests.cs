using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class NotAPeerThereRuleTests
{
    [Fact]
    public void Rejects_a_host_that_its_hub_does_not_know()
    {
        var finding = Three.Check(hub: text => text[..text.LastIndexOf("[Peer]", StringComparison.Ordinal)]).Rejects("not-a-peer-there", "two.conf", Severity.Error);
        Assert.Contains(Three.TwoKeys.Public, finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_hosts_that_know_each_other() => Three.Check().Accepts("not-a-peer-there");

    [Fact]
    public void Accepts_a_wrong_key_there_that_is_told_already() =>
        Three.Check(hub: text => text.Replace(Three.TwoKeys.Public, Pair.Of(9).Public, StringComparison.Ordinal)).Accepts("not-a-peer-there");
}
