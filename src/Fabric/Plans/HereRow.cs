using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>What the machine itself offers to a class.</summary>
/// <param name="Address">At which of its addresses; null: at the leased address of <paramref name="Link"/>.</param>
/// <param name="Link">The link whose leased address it is; null otherwise.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="FromPort">The first port.</param>
/// <param name="ToPort">The last port.</param>
/// <param name="Class">The class of the source.</param>
/// <param name="Service">What it is: a profile's generated service, or a host service.</param>
/// <param name="IsAllowed">Whether the class may use it.</param>
public readonly record struct HereRow(
    IpAddress? Address, string? Link, IpProtocol Protocol, ushort FromPort, ushort ToPort, int Class, string Service, bool IsAllowed);
