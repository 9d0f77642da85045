using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

/// <summary>The first packet of a session, as a router sees it before any translation.</summary>
/// <param name="Interface">The network interface by which it comes in.</param>
/// <param name="Source">Its source.</param>
/// <param name="Destination">Its destination, of the same family.</param>
/// <param name="Protocol">Its protocol.</param>
/// <param name="Port">Its destination port; 0 where the protocol has none.</param>
public readonly record struct Packet(string Interface, IpAddress Source, IpAddress Destination, IpProtocol Protocol, ushort Port)
{
    /// <summary>"10.10.10.2 → 172.16.1.10 tcp/80 by wg-profile-1-intf".</summary>
    public override string ToString() =>
        $"{Source} → {Destination} {IpProtocols.Word(Protocol)}{(IpProtocols.HasPorts(Protocol) ? $"/{Port}" : "")} by {Interface}";
}
