using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class AddressWithoutLengthRuleTests
{
    [Fact]
    public void Rejects_an_address_alone()
    {
        var finding = Three.Check(two: text => text.Replace("10.9.0.3/24", "10.9.0.3", StringComparison.Ordinal)).Rejects("address-without-length", "two.conf", Severity.Warning);
        Assert.Equal("Address = 10.9.0.3/24", finding.Fix);
    }

    [Fact]
    public void Accepts_an_address_that_says_it_is_alone()
    {
        Three.Check(two: text => text.Replace("10.9.0.3/24", "10.9.0.3/32", StringComparison.Ordinal)).IsClean();
    }
}
