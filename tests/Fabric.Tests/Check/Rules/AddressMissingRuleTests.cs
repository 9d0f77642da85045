using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class AddressMissingRuleTests
{
    [Fact]
    public void Rejects_an_interface_without_one()
    {
        var finding = Three.Check(two: text => text.Replace("Address = 10.9.0.3/24\n", "", StringComparison.Ordinal)).Rejects("address-missing", "two.conf");
        Assert.Equal("Address = 10.9.0.3/24", finding.Fix);
    }

    [Fact]
    public void Accepts_files_for_wg_alone()
    {
        Three.Check(hub: text => text.Replace("Address = 10.9.0.1/24\n", "", StringComparison.Ordinal).Replace("PostUp", "#", StringComparison.Ordinal),
            one: text => text.Replace("Address = 10.9.0.2/24\n", "", StringComparison.Ordinal).Replace("PostUp", "#", StringComparison.Ordinal),
            two: text => text.Replace("Address = 10.9.0.3/24\n", "", StringComparison.Ordinal)).Accepts("address-missing");
    }
}
