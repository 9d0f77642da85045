using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class SourceNatWithoutAddressRule() : RouterRule("source-nat-without-address", Severity.Error, "An interface with source-nat has an address or a lease.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var network in router.Nodes.SelectMany(node => node.Devices).SelectMany(device => device.Interfaces))
        {
            if (network is { SourceNat: true, IsDhcp: false, Addresses.Count: 0 })
                context.Report(this, network.Node, $"{network.Name} has source-nat and no address to translate to", "write an address or dhcp v4", network.PositionOf(NetworkInterface.SourceNatLeaf));
        }
    }
}
