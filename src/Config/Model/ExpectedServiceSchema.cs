using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The block <c>service</c> of an expectation.</summary>
public sealed class ExpectedServiceSchema
{
    /// <summary>Declares it.</summary>
    public ExpectedServiceSchema() =>
        Block = new("service", "A service, or a part of it.", [Name], [Router, Address, Protocol, Port]) { IsOurs = true };

    /// <summary>The block.</summary>
    public BlockSchema Block { get; }

    /// <summary>Which.</summary>
    public Leaf<string> Name { get; } = new("name", TextType.Reference("service"), "The service.") { IsRequired = true };

    /// <summary>Where.</summary>
    public Leaf<string> Router { get; } = new("router", TextType.Reference("router"), "Only at these routers.") { IsList = true, Otherwise = "every router where the tenant and the service are" };

    /// <summary>Part of its addresses.</summary>
    public Leaf<InterfacePrefix> Address { get; } = new("address", PrefixType.Network, "Only these of its addresses.") { IsList = true };

    /// <summary>One protocol.</summary>
    public Leaf<IpProtocol> Protocol { get; } = new("protocol", IpProtocols.Type, "Only this protocol.");

    /// <summary>One port.</summary>
    public Leaf<long> Port { get; } = new("port", IntegerType.Port, "Only this port.");
}
