using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

// What is for the machine itself: never a matter of services, whatever prefix holds the address.
public sealed partial class Policy
{
    private readonly record struct Owner(NetworkInterface Network, InterfaceAddress? Address, WireguardProfile? Profile);

    private Owner? OwnerOf(IpAddress destination)
    {
        foreach (var (device, network) in _interfaces)
        {
            if (!IsUsed(device))
                continue;
            if (network.IsGenerated)
            {
                if (_profiles.GetValueOrDefault(network.Name) is { PrivateNetwork: { } inside } profile && inside.Addresses.Any(address => address.Address == destination))
                    return new Owner(network, null, profile);
                continue;
            }

            foreach (var address in network.Addresses)
            {
                if (address.Address == destination)
                    return new Owner(network, address, null);
            }
        }

        return null;
    }

    private Decision Here(Packet packet, NetworkInterface network, WireguardProfile? ingress, string tenant, Owner owner, List<Step> steps)
    {
        steps.Add(new Step("here", $"{packet.Destination} is the machine's own, of {owner.Network.Name}", owner.Address?.Position ?? owner.Profile?.PrivateNetwork?.Position ?? owner.Network.Position));
        foreach (var use in _uses)
        {
            if (owner.Address is null || use.Address != owner.Address || packet.Protocol != IpProtocol.Udp || packet.Port != use.Profile.Port)
                continue;
            var service = PortServices[GeneratedNames.Service(_router.Name, use.Profile.Name)];
            var policy = Access.Find(service.AccessPolicies, tenant, packet.Source);
            var allowed = policy is null ? service.Service.Scope == Scope.Public : policy.Permission == Permission.Allow;
            steps.Add(new Step("service", $"profile {use.Profile.Name} listens on port {use.Profile.Port}", use.Profile.Position) { Node = use.Profile.Node });
            steps.Add(policy is null
                ? new Step("access", allowed ? "everybody may send to it" : "no access policy is about the source", use.Profile.Position) { Node = use.Profile.Node }
                : new Step("access", $"{(allowed ? "allowed" : "denied")} to {policy.Source}", policy.Position) { Node = policy.Node });
            return new Decision(allowed ? Verdict.AllowedHere : Verdict.DeniedHere, steps) { Tenant = tenant, Service = service.Name };
        }

        foreach (var service in owner.Address?.HostServices ?? [])
        {
            if (!service.IsEnabled || !service.Transports.Any(t => t.Protocol == packet.Protocol && packet.Port >= t.Ports.From && packet.Port <= t.Ports.To))
                continue;
            var policy = Access.Find(service.AccessPolicies, tenant, packet.Source);
            var allowed = policy is null ? service.AccessPolicies.Count == 0 : policy.Permission == Permission.Allow;
            steps.Add(new Step("service", $"host service {service.Type}", service.Position) { Node = service.Node });
            steps.Add(policy is null
                ? new Step("access", allowed ? "it is for everybody" : "no access policy is about the source", service.Position) { Node = service.Node }
                : new Step("access", $"{(allowed ? "allowed" : "denied")} to {policy.Source}", policy.Position) { Node = policy.Node });
            return new Decision(allowed ? Verdict.AllowedHere : Verdict.DeniedHere, steps) { Tenant = tenant, Service = $"host-service {service.Type}" };
        }

        if (packet.Protocol == IpProtocol.Icmp)
        {
            var answers = owner.Network.AnswersIcmp;
            steps.Add(new Step("access", answers ? "ICMP to the machine is answered" : "icmp drop", owner.Network.PositionOf(NetworkInterface.IcmpLeaf)) { Node = owner.Network.Node });
            return new Decision(answers ? Verdict.AllowedHere : Verdict.DeniedHere, steps) { Tenant = tenant };
        }

        if (ingress is null && network.Tenant is null && network.Neighborhoods.Count == 0 && network.TenantPrefixes.Count == 0)
        {
            steps.Add(new Step("access", $"{network.Name} is of no tenant and no neighborhood: the machine's own firewall decides", network.Position) { Node = network.Node });
            return new Decision(Verdict.LeftToHost, steps) { Tenant = tenant };
        }

        steps.Add(new Step("access", $"the machine offers no {Describe(packet)} here", owner.Network.Position) { Node = owner.Network.Node });
        return new Decision(Verdict.DeniedHere, steps) { Tenant = tenant };
    }
}
