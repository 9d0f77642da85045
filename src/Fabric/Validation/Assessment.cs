using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Fabric.Verification;

namespace Warren.Fabric.Validation;

/// <summary>Everything there is to say of a configuration before it is committed: rules, expectations, and a plan for every node whose router is sound.</summary>
/// <param name="Effective">The configuration with everything generated.</param>
/// <param name="Findings">All findings.</param>
/// <param name="Plans">A plan per node, by "node.router"; without those of routers that have an error.</param>
public sealed record Assessment(ConfigNode Effective, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, NodePlan> Plans)
{
    /// <summary>Whether it may be committed.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != Config.Severity.Error);

    /// <summary>Looks at a configuration.</summary>
    /// <param name="authored">What operators wrote.</param>
    /// <param name="before">The assessment before, whose internal addresses and ids are kept, and whose plans are where nothing changed; null for none.</param>
    public static Assessment Of(ConfigNode authored, Assessment? before = null)
    {
        ArgumentNullException.ThrowIfNull(authored);
        var effective = Generator.Generate(authored, before?.Effective);
        var findings = new List<Finding>(Validator.Validate(authored, effective));
        var authority = new Authority(effective);
        var stopped = Validator.Stopped(findings, authority.Routers.Select(router => router.Name));
        var services = new ServiceCatalog(authority);
        var plans = new Dictionary<string, NodePlan>();
        foreach (var router in authority.Routers)
        {
            if (stopped.Contains(router.Name))
                continue;
            foreach (var node in router.Nodes)
            {
                var result = PlanCompiler.Compile(authority, router, node, before?.Plans.GetValueOrDefault($"{node.Name}.{router.Name}"), services);
                findings.AddRange(result.Findings);
                if (result.Plan is { } plan)
                    plans[$"{node.Name}.{router.Name}"] = plan;
            }
        }

        // What is expected is said of a sound configuration only: what is broken would answer wrongly.
        if (stopped.Count == 0)
            findings.AddRange(Verifier.Verify(authority, plans));
        return new Assessment(effective, findings, plans);
    }
}
