using Warren.Config.Model;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Plans;

/// <summary>What a destination is to a class.</summary>
/// <param name="Stage">The stage of lookup.</param>
/// <param name="Addresses">Destinations.</param>
/// <param name="Protocol">The protocol; any at the last stage.</param>
/// <param name="FromPort">The first port.</param>
/// <param name="ToPort">The last port; 0 to 65535 where ports say nothing.</param>
/// <param name="Class">The class of the source.</param>
/// <param name="Service">Which service.</param>
/// <param name="Entry">What is done; 0: an access policy denies it.</param>
public readonly record struct ServiceRow(
    LookupStage Stage, AddressRange Addresses, IpProtocol Protocol, ushort FromPort, ushort ToPort, int Class, string Service, int Entry);
