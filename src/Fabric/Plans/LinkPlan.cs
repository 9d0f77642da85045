using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>A Linux interface.</summary>
/// <param name="Name">Its name in Linux; of a VLAN, with its tag.</param>
/// <param name="Device">The device of the configuration.</param>
/// <param name="Vlan">The tag; 0 for none.</param>
/// <param name="IsManaged">Whether Warren sets it up; otherwise it is the host's own and only verified.</param>
/// <param name="Mtu">The largest packet in bytes; null for what the link has.</param>
/// <param name="Addresses">Its addresses with the length of their networks.</param>
/// <param name="Gateways">Routers behind which everything else is.</param>
/// <param name="Dhcp">"v4" or "v6" where its address is leased; null otherwise.</param>
public sealed record LinkPlan(
    string Name, string Device, int Vlan, bool IsManaged, int? Mtu, IReadOnlyList<InterfacePrefix> Addresses, IReadOnlyList<IpAddress> Gateways, string? Dhcp);
