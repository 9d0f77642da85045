using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class AddressTakenRuleTests
{
    [Fact]
    public void Rejects_two_hosts_with_one_address()
    {
        var finding = Three.Check(two: text => text.Replace("10.9.0.3/24", "10.9.0.2/24", StringComparison.Ordinal)).Rejects("address-taken", "two.conf");
        Assert.Equal("one.conf", finding.Other.Source!.Name);
    }

    [Fact]
    public void Accepts_the_same_address_in_another_network()
    {
        Three.Files(("hub.conf", Three.Hub), ("other.conf", Three.Hub.Replace(Three.HubKeys.Private, Pair.Of(9).Private, StringComparison.Ordinal))).Accepts("address-taken");
    }
}
