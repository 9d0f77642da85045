using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class KeepaliveMissingRuleTests
{
    [Fact]
    public void Rejects_a_site_that_cannot_be_dialled()
    {
        var finding = Three.Check(one: text => text.Replace("PersistentKeepalive = 25\n", "", StringComparison.Ordinal)).Rejects("keepalive-missing", "one.conf", Severity.Warning);
        Assert.Equal("PersistentKeepalive = 25", finding.Fix);
    }

    [Fact]
    public void Remarks_on_two_that_only_dial()
    {
        Three.Check(hub: text => text.Replace(", 192.168.7.0/24", "", StringComparison.Ordinal), one: text => text.Replace("PersistentKeepalive = 25\n", "", StringComparison.Ordinal),
            two: text => text.Replace("PersistentKeepalive = 25\n", "", StringComparison.Ordinal).Replace(", 192.168.7.0/24", "", StringComparison.Ordinal)).Rejects("keepalive-missing", "one.conf", Severity.Info);
    }

    [Fact]
    public void Accepts_a_site_that_can_be_dialled()
    {
        Three.Check(hub: text => text.Replace("AllowedIPs = 10.9.0.2/32", "Endpoint = 198.51.100.2:51820\nAllowedIPs = 10.9.0.2/32", StringComparison.Ordinal),
            one: text => text.Replace("PersistentKeepalive = 25\n", "", StringComparison.Ordinal).Replace("PrivateKey", "ListenPort = 51820\nPrivateKey", StringComparison.Ordinal)).Accepts("keepalive-missing");
    }
}
