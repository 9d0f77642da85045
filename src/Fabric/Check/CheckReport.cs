using System.Collections.Generic;
using Warren.Config.Documents;

namespace Warren.Fabric.Check;

/// <summary>All that was found.</summary>
/// <param name="Remarks">By file, then by line.</param>
/// <param name="Tunnels">How many interfaces were read.</param>
/// <param name="Hosts">How many hosts they are: several versions of one count once.</param>
/// <param name="Networks">How many networks those make.</param>
public sealed record CheckReport(IReadOnlyList<Remark> Remarks, int Tunnels, int Hosts, int Networks);
