using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Config.Quick;

/// <summary>The MTU of a tunnel that was given none.</summary>
public static class MtuChoice
{
    /// <summary>WireGuard's own bytes around a packet: IPv6 40, UDP 8, header 16, tag 16.</summary>
    public const int Overhead = 80;

    /// <summary>What an Ethernet carries, where nothing is known.</summary>
    public const int Fallback = 1500;

    /// <summary>The smallest of the ways to the endpoints, else the default route's, else 1500; less the overhead.</summary>
    /// <param name="endpoints">MTU of the way to each endpoint that has a route.</param>
    /// <param name="defaultRoute">MTU of the default route; null when there is none.</param>
    public static int Choose(IEnumerable<int> endpoints, int? defaultRoute) =>
        Math.Min(endpoints.Cast<int?>().Min() ?? defaultRoute ?? Fallback, 65535) - Overhead;
}
