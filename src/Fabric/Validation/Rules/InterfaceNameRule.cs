using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class InterfaceNameRule() : RouterRule("interface-name", Severity.Error, "Network interfaces of a node have different names: a next hop names them without their device. A Linux name has at most 15 characters.")
{
    private const int LongestLinuxName = 15;

    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var node in router.Nodes)
        {
            var names = new Dictionary<string, NetworkInterface>();
            foreach (var device in node.Devices)
            {
                if (device.LinuxInterface.Length > LongestLinuxName)
                    context.Report(this, device.Node, $"\"{device.LinuxInterface}\" is too long for a Linux interface", $"at most {LongestLinuxName} characters", device.PositionOf(DeviceInterface.LinuxInterfaceLeaf));
                foreach (var network in device.Interfaces.Where(network => !names.TryAdd(network.Name, network)))
                    context.Report(this, network.Node, $"node {node.Name} has two network interfaces {network.Name}", "give one of them another name", other: names[network.Name].Position);
            }
        }
    }
}
