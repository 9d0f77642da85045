using System.Collections.Generic;
using Warren.Config.Model;

namespace Warren.Fabric.Generation;

/// <summary>An interface on which a profile listens.</summary>
/// <param name="Router">The router.</param>
/// <param name="Node">The node.</param>
/// <param name="Device">The device.</param>
/// <param name="Interface">The network interface.</param>
/// <param name="Address">The address; null where it is leased.</param>
/// <param name="Profile">The profile.</param>
public sealed record ProfileUse(Router Router, RouterNode Node, DeviceInterface Device, NetworkInterface Interface, InterfaceAddress? Address, WireguardProfile Profile)
{
    /// <summary>Every use of every profile of a router, in the order of the configuration.</summary>
    public static IEnumerable<ProfileUse> Of(Router router)
    {
        System.ArgumentNullException.ThrowIfNull(router);
        var profiles = new Dictionary<string, WireguardProfile>();
        foreach (var profile in router.Profiles)
            profiles[profile.Name] = profile;
        if (profiles.Count == 0)
            yield break;
        foreach (var node in router.Nodes)
        {
            foreach (var device in node.Devices)
            {
                foreach (var network in device.Interfaces)
                {
                    foreach (var address in network.Addresses)
                    {
                        if (address.Profile is { } name && profiles.TryGetValue(name, out var profile))
                            yield return new ProfileUse(router, node, device, network, address, profile);
                    }

                    if (network.IsDhcp && network.Profile is { } leased && profiles.TryGetValue(leased, out var onLease))
                        yield return new ProfileUse(router, node, device, network, null, onLease);
                }
            }
        }
    }
}
