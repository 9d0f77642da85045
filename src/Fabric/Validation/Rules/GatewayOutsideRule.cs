using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class GatewayOutsideRule() : RouterRule("gateway-outside", Severity.Warning, "A gateway is in the network of its address, else it cannot be reached.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var address in router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces).Where(network => !network.IsGenerated).SelectMany(network => network.Addresses))
        {
            if (address.PrefixLength > address.Address.BitLength)
            {
                context.Report(this, address.Node, $"an IPv4 prefix has at most 32 bits, not {address.PrefixLength}", "write prefix-length 24, or what the network has", address.PositionOf(InterfaceAddress.PrefixLengthLeaf));
            }
            else if (address.Gateway is { } gateway && !new IpPrefix(address.Address, address.PrefixLength).Contains(gateway))
            {
                context.Report(this, address.Node, $"the gateway {gateway} is not in {new IpPrefix(address.Address, address.PrefixLength)}, the network of {address.Address}",
                    address.PrefixLength == address.Address.BitLength ? "write prefix-length" : "write a gateway inside of it", address.PositionOf(InterfaceAddress.GatewayLeaf));
            }
        }
    }
}
