using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class MtuTooSmallRule() : RouterRule("mtu-too-small", Severity.Warning, "IPv6 needs packets of 1280 bytes (RFC 8200), inside of a tunnel too, which takes 80 of them.")
{
    private const int LeastIPv6 = 1280;
    private const int Overhead = 80;

    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var network in router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces))
        {
            if (network.Mtu is { } mtu && mtu < LeastIPv6 && network.Addresses.Any(address => address.Address.IsIPv6))
                context.Report(this, network.Node, $"{network.Name} has an IPv6 address and an MTU of {mtu}", $"write mtu {LeastIPv6} or more", network.PositionOf(NetworkInterface.MtuLeaf));
        }

        foreach (var use in context.UsesOf(router))
        {
            if (use.Interface.Mtu is { } mtu && mtu - Overhead < LeastIPv6 && use.Profile.PrivateNetwork?.Addresses.Any(address => address.IsIPv6) == true)
            {
                context.Report(this, use.Interface.Node, $"profile {use.Profile.Name} carries IPv6 over {use.Interface.Name}, whose MTU of {mtu} leaves {mtu - Overhead}",
                    $"write mtu {LeastIPv6 + Overhead} or more", use.Interface.PositionOf(NetworkInterface.MtuLeaf));
            }
        }
    }
}
