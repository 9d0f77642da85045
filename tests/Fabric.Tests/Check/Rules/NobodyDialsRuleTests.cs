using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class NobodyDialsRuleTests
{
    [Fact]
    public void Rejects_two_ends_without_endpoints()
    {
        Three.Check(one: text => text.Replace("Endpoint = 192.0.2.1:51820\n", "", StringComparison.Ordinal)).Rejects("nobody-dials", "hub.conf");
    }

    [Fact]
    public void Accepts_one_end_that_dials()
    {
        Three.Check().Accepts("nobody-dials");
    }
}
