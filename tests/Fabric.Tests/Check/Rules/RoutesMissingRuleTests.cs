using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class RoutesMissingRuleTests
{
    [Fact]
    public void Rejects_Table_off_without_routes()
    {
        var finding = Three.Check(two: text => text.Replace("PrivateKey", "Table = off\nPrivateKey", StringComparison.Ordinal)).Rejects("routes-missing", "two.conf", Severity.Warning);
        Assert.Equal("PostUp = ip -4 route add 192.168.7.0/24 dev %i", finding.Fix);
    }

    [Fact]
    public void Accepts_routes_by_hand()
    {
        Three.Check(two: text => text.Replace("PrivateKey", "Table = off\nPostUp = ip -4 route add 192.168.7.0/24 dev %i\nPrivateKey", StringComparison.Ordinal)).Accepts("routes-missing");
    }

    [Fact]
    public void Accepts_networkd_with_a_route()
    {
        Three.Files(("wg0.netdev", $"[NetDev]\nName=wg0\nKind=wireguard\n\n[WireGuard]\nPrivateKey={Three.TwoKeys.Private}\n\n[WireGuardPeer]\nPublicKey={Three.HubKeys.Public}\nAllowedIPs=10.9.0.0/24,192.168.7.0/24\nEndpoint=192.0.2.1:51820\n"),
            ("wg0.network", "[Match]\nName=wg0\n\n[Network]\nAddress=10.9.0.3/24\n\n[Route]\nDestination=192.168.7.0/24\n")).Accepts("routes-missing");
    }

    [Fact]
    public void Rejects_networkd_without_one()
    {
        Three.Files(("wg0.netdev", $"[NetDev]\nName=wg0\nKind=wireguard\n\n[WireGuard]\nPrivateKey={Three.TwoKeys.Private}\n\n[WireGuardPeer]\nPublicKey={Three.HubKeys.Public}\nAllowedIPs=10.9.0.0/24,192.168.7.0/24\nEndpoint=192.0.2.1:51820\n"),
            ("wg0.network", "[Match]\nName=wg0\n\n[Network]\nAddress=10.9.0.3/24\n")).Rejects("routes-missing", "wg0.netdev", Severity.Warning);
    }
}
