using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Fabric.Plans;

/// <summary>A plan, or why there is none.</summary>
/// <param name="Plan">The plan; null where the configuration asks for what the kernel cannot carry.</param>
/// <param name="Findings">Why.</param>
public sealed record PlanResult(NodePlan? Plan, IReadOnlyList<Finding> Findings);
