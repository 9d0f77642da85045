using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The block <c>transport</c>, which services, session types and host services each have.</summary>
public sealed class TransportSchema
{
    /// <summary>Declares it.</summary>
    public TransportSchema(string summary)
    {
        PortRange = new("port-range", "Ports of the protocol; without any, all.", [StartPort], [EndPort]);
        Block = new("transport", summary, [Protocol], [PortRange]);
    }

    /// <summary>The block.</summary>
    public BlockSchema Block { get; }

    /// <summary>The protocol.</summary>
    public Leaf<IpProtocol> Protocol { get; } = new("protocol", IpProtocols.Type, "The protocol.") { IsRequired = true };

    /// <summary>The ports.</summary>
    public BlockSchema PortRange { get; }

    /// <summary>The first port.</summary>
    public Leaf<long> StartPort { get; } = new("start-port", IntegerType.Port, "The first port.") { IsRequired = true };

    /// <summary>The last port.</summary>
    public Leaf<long> EndPort { get; } = new("end-port", IntegerType.Port, "The last port.") { Otherwise = "the first port" };
}
