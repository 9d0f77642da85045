using System.Globalization;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An MTU that does not fit.</summary>
internal sealed class MtuRule() : CheckRule("mtu", "an MTU is larger than what a packet of 1500 bytes can carry, or too small for IPv6")
{
    // Outer IPv4 and IPv6 header, UDP, and WireGuard's 32 bytes.
    private const int Ethernet = 1500;
    private const int OverV4 = 60;
    private const int OverV6 = 80;
    private const int LeastOfV6 = 1280;

    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            if (tunnel.Mtu is not { } mtu)
                continue;
            var isV4 = tunnel.Peers.Any(peer => peer.Endpoint is not null) && tunnel.Peers.All(peer => peer.Endpoint is not { } endpoint || endpoint.Address is { IsIPv6: false });
            var most = Ethernet - (isV4 ? OverV4 : OverV6);
            var name = tunnel.Form switch { TunnelForm.NetworkManager => "mtu=", TunnelForm.Networkd => "MTUBytes=", _ => "MTU = " };
            if (mtu > most)
            {
                remarks.Warning(this, tunnel.MtuPlace.Position,
                    string.Create(CultureInfo.InvariantCulture, $"an MTU of {mtu} makes packets of {mtu + Ethernet - most} bytes, more than the {Ethernet} of the usual network: small packets pass, large ones are fragmented or lost"),
                    $"{name}1420", tunnel.MtuPlace.ReplaceWith("1420"));
            }
            else if (mtu < LeastOfV6 && tunnel.Addresses.Any(address => address.Address.IsIPv6))
            {
                remarks.Error(this, tunnel.MtuPlace.Position, string.Create(CultureInfo.InvariantCulture, $"IPv6 needs an MTU of {LeastOfV6}: with {mtu} the interface has no IPv6 at all"),
                    $"{name}{LeastOfV6}", tunnel.MtuPlace.ReplaceWith("1280"));
            }
        }
    }
}
