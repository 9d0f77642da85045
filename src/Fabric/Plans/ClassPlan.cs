using System.Collections.Generic;

namespace Warren.Fabric.Plans;

/// <summary>Sources that may do the same.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Tenants">The tenants in it, by name; some of them only for a part of their sources.</param>
public sealed record ClassPlan(int Id, IReadOnlyList<string> Tenants);
