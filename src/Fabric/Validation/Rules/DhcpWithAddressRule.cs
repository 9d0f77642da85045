using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class DhcpWithAddressRule() : RouterRule("dhcp-with-address", Severity.Error, "An interface has addresses of its own or a lease; a profile is named at the address, or, with a lease, at the interface.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var network in router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces))
        {
            if (network.IsDhcp && network.Addresses.Count > 0)
                context.Report(this, network.Node, $"{network.Name} has dhcp {network.Dhcp} and the address {network.Addresses[0].Address}", "take out one of them", network.PositionOf(NetworkInterface.DhcpLeaf), network.Addresses[0].Position);
            if (!network.IsDhcp && network.Profile is { } profile)
                context.Report(this, network.Node, $"{network.Name} names profile {profile} and has no lease: it listens nowhere", $"write wireguard-profile {profile} in its address, or dhcp v4", network.PositionOf(NetworkInterface.ProfileLeaf));
        }
    }
}
