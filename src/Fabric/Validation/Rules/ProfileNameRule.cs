using System.Linq;
using Warren.Config;
using Warren.Config.Model;
using Warren.Fabric.Generation;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ProfileNameRule() : RouterRule("profile-name", Severity.Error, "A profile's name is that of its Linux interface: no device, and no network interface, has what it generates.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            foreach (var device in router.Nodes.SelectMany(node => node.Devices).Where(device => !device.IsGenerated))
            {
                if (device.Name == profile.Name || device.LinuxInterface == profile.Name)
                    context.Report(this, profile.Node, $"profile {profile.Name} has the name of a device", "give one of them another name", other: device.Position);
                foreach (var network in device.Interfaces.Where(network => network.Name == GeneratedNames.Interface(profile.Name)))
                    context.Report(this, profile.Node, $"{network.Name} is what the interface of profile {profile.Name} is called", "give one of them another name", other: network.Position);
            }
        }
    }
}
