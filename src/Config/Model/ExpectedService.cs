using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A service, or a part of it, of which something is expected.</summary>
/// <param name="node">An entry of the list.</param>
/// <param name="schema">Where it stands.</param>
public sealed class ExpectedService(ConfigNode node, ExpectedServiceSchema schema) : Element(node)
{
    /// <summary>Which.</summary>
    public string Service => Node.Key;

    /// <summary>Where; empty for every router where the tenant and the service are.</summary>
    public IReadOnlyList<string> Routers => Node.All(schema.Router);

    /// <summary>Part of its addresses; empty for all.</summary>
    public IReadOnlyList<InterfacePrefix> Addresses => Node.All(schema.Address);

    /// <summary>One protocol, or any.</summary>
    public IpProtocol Protocol => Node.Get(schema.Protocol, IpProtocol.Any);

    /// <summary>One port, or null for all.</summary>
    public ushort? Port => Node.Child(schema.Port)?.Value is long port ? (ushort)port : null;
}
