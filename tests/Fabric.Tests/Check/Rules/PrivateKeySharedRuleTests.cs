using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class PrivateKeySharedRuleTests
{
    [Fact]
    public void Rejects_one_key_at_two_addresses()
    {
        var finding = Three.Check(two: text => text.Replace(Three.TwoKeys.Private, Three.OneKeys.Private, StringComparison.Ordinal)).Rejects("private-key-shared", "two.conf");
        Assert.Equal("one.conf", finding.Other.Source!.Name);
        Assert.DoesNotContain(Three.OneKeys.Private, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_versions_of_one_host()
    {
        var report = Three.Files(("hub.conf", Three.Hub), ("one.conf", Three.One), ("two.conf", Three.Two), ("two-new.conf", Three.Two + "# newer"));
        report.IsClean();
        Assert.Equal((4, 3, 1), (report.Tunnels, report.Hosts, report.Networks));
    }
}
