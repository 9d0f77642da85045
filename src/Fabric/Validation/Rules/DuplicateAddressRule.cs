using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Validation.Rules;

internal sealed class DuplicateAddressRule() : RouterRule("duplicate-address", Severity.Error, "An address of a node is on one interface, and no gateway is an address of the node itself.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var node in router.Nodes)
        {
            var seen = new Dictionary<IpAddress, InterfaceAddress>();
            var addresses = node.Devices.SelectMany(device => device.Interfaces).Where(network => !network.IsGenerated).SelectMany(network => network.Addresses).ToList();
            foreach (var address in addresses.Where(address => !seen.TryAdd(address.Address, address)))
                context.Report(this, address.Node, $"{address.Address} is on two interfaces of node {node.Name}", "take it off one of them", other: seen[address.Address].Position);
            foreach (var address in addresses)
            {
                if (address.Gateway is { } gateway && seen.ContainsKey(gateway))
                    context.Report(this, address.Node, $"the gateway {gateway} is an address of node {node.Name} itself", "write the address of the next router", address.PositionOf(InterfaceAddress.GatewayLeaf));
            }
        }
    }
}
