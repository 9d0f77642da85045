using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A protocol and its ports.</summary>
public sealed class Transport : Element
{
    /// <summary>A view of a node.</summary>
    public Transport(ConfigNode node, TransportSchema schema)
        : base(node)
    {
        Protocol = node.Get(schema.Protocol, IpProtocol.Any);
        Ports = Entries(schema.PortRange, range =>
        {
            var from = (ushort)range.Get(schema.StartPort, 0);
            return new PortRange(from, (ushort)range.Get(schema.EndPort, from), range.Position);
        });
    }

    /// <summary>The protocol.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Its ports; empty for all.</summary>
    public IReadOnlyList<PortRange> Ports { get; }
}
