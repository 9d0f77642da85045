using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class AllowedIpsMissingRuleTests
{
    [Fact]
    public void Rejects_a_peer_without_any()
    {
        Three.Check(hub: text => text.Replace("AllowedIPs = 10.9.0.3/32\n", "", StringComparison.Ordinal)).Rejects("allowed-ips-missing", "hub.conf");
    }

    [Fact]
    public void Accepts_peers_with_some()
    {
        Three.Check().Accepts("allowed-ips-missing");
    }
}
