using System;
using Warren.Config.Model;

namespace Warren.Fabric.Plans;

/// <summary>How long sessions of a transport live, and how their packets are marked where no service policy says it.</summary>
/// <param name="Name">The session type.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="FromPort">The first port.</param>
/// <param name="ToPort">The last port.</param>
/// <param name="Timeout">How long an established session may be idle.</param>
/// <param name="InitialTimeout">How long a session may be without an answer.</param>
/// <param name="Dscp">The code point of its class, or null.</param>
public readonly record struct SessionRow(string Name, IpProtocol Protocol, ushort FromPort, ushort ToPort, TimeSpan Timeout, TimeSpan InitialTimeout, byte? Dscp);
