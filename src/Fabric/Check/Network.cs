using System.Collections.Generic;

namespace Warren.Fabric.Check;

/// <summary>Hosts that are peers of each other, directly or over others.</summary>
internal sealed class Network
{
    internal List<Host> Hosts { get; } = [];
}
