using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Quick;

/// <summary>
/// Which rules are a tunnel's own. The suppressing rules of several tunnels look the same; a tunnel's own is the one right
/// before its lookup, because the kernel puts each new rule in front. wg-quick deletes them all, and with them the other
/// tunnels' way into the local networks.
/// </summary>
public static class OwnRules
{
    /// <summary>The steps that delete the rules of <paramref name="table"/> from one family's <paramref name="rules"/>.</summary>
    public static IReadOnlyList<QuickStep> Delete(bool ipv6, uint table, IReadOnlyList<PolicyRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var lookups = rules.Where(rule => rule.NotFwMark is { } mark && mark == rule.Table).ToList();
        var own = lookups.Where(rule => rule.Table == table).ToList();
        var others = lookups.Where(rule => rule.Table != table).ToList();
        var suppressors = rules.Where(rule => rule.SuppressesDefault).ToList();

        var steps = new List<QuickStep>();
        steps.AddRange(own.Select(rule => new DeleteRuleStep(ipv6, table, rule.Priority)));
        var left = suppressors.Count;
        foreach (var rule in own)
        {
            if (Before(rule, suppressors) is not { } suppressor)
                continue;
            // Another tunnel's lookup between the two: then that one's.
            if (others.Exists(other => other.Priority < rule.Priority && other.Priority > suppressor.Priority))
                continue;
            // Another tunnel behind with none of its own would lose its way into the local networks.
            if (others.Exists(other => Before(other, suppressors) == suppressor))
                continue;
            suppressors.Remove(suppressor);
            steps.Add(new DeleteSuppressRuleStep(ipv6, suppressor.Priority, left-- == 1));
        }

        return steps;
    }

    private static PolicyRule? Before(PolicyRule rule, IEnumerable<PolicyRule> suppressors) =>
        suppressors.Where(other => other.Priority < rule.Priority).MaxBy(other => other.Priority);
}
