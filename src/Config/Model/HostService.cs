using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A service of the machine itself.</summary>
/// <param name="node">An entry of the list.</param>
/// <param name="schema">Where it stands.</param>
public sealed class HostService(ConfigNode node, HostServiceSchema schema) : Element(node)
{
    /// <summary>Those of an address.</summary>
    public static HostServiceSchema OfAddress { get; } = new();

    /// <summary>Those of an interface whose address is leased.</summary>
    public static HostServiceSchema OfInterface { get; } = new();

    /// <summary>"ssh", "netconf", "web", "snmp", "dhcp-server" or "custom".</summary>
    public string Type => Node.Key;

    /// <summary>Whether it is reached.</summary>
    public bool IsEnabled => Node.Get(schema.Enabled, true);

    /// <summary>What it speaks: what is written, or what its type implies.</summary>
    public IReadOnlyList<(IpProtocol Protocol, PortRange Ports)> Transports
    {
        get
        {
            if (Type != "custom")
                return WellKnown(Type);
            var transports = new List<(IpProtocol, PortRange)>();
            foreach (var transport in Entries(schema.Transport.Block, child => new Transport(child, schema.Transport)))
            {
                if (transport.Ports.Count == 0)
                    transports.Add((transport.Protocol, PortRange.All));
                foreach (var ports in transport.Ports)
                    transports.Add((transport.Protocol, ports));
            }

            return transports;
        }
    }

    /// <summary>Who; empty for everybody.</summary>
    public IReadOnlyList<AccessPolicy> AccessPolicies => Entries(schema.AccessPolicy.Block, child => new AccessPolicy(child, schema.AccessPolicy));

    // Ports as IANA registers them.
    private static IReadOnlyList<(IpProtocol, PortRange)> WellKnown(string type)
    {
        return type switch
        {
            "ssh" => [(IpProtocol.Tcp, Port(22))],
            "netconf" => [(IpProtocol.Tcp, Port(830))],
            "web" => [(IpProtocol.Tcp, Port(80)), (IpProtocol.Tcp, Port(443))],
            "snmp" => [(IpProtocol.Udp, Port(161))],
            "dhcp-server" => [(IpProtocol.Udp, Port(67)), (IpProtocol.Udp, Port(547))],
            _ => [],
        };

        static PortRange Port(ushort port) => new(port, port, default);
    }
}
