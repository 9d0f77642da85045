using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Quick;

/// <summary>What takes back an "up" that failed: DNS and firewall first, then rules, then the link (wg-quick's order).</summary>
public static class UndoPlan
{
    /// <summary>The steps that undo <paramref name="done"/>. A hook has no opposite; addresses and routes die with the link.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="done">The steps that were done, also the one that failed half way where it may have left something.</param>
    /// <param name="rules4">The host's IPv4 rules now.</param>
    /// <param name="rules6">The host's IPv6 rules now.</param>
    public static IReadOnlyList<QuickStep> Build(
        string name,
        IReadOnlyList<QuickStep> done,
        IReadOnlyList<PolicyRule> rules4,
        IReadOnlyList<PolicyRule> rules6)
    {
        ArgumentNullException.ThrowIfNull(done);
        var steps = new List<QuickStep>();
        steps.AddRange(done.OfType<RunProgramStep>().Select(step => step.Undo).OfType<RunProgramStep>());

        var families = done.OfType<AddFirewallStep>().Select(step => step.IsIPv6 ? "ip6" : "ip").Order(StringComparer.Ordinal).ToList();
        if (families.Count > 0)
            steps.Add(new DeleteFirewallStep(FirewallScript.Delete(name, families)));

        foreach (var ipv6 in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var table in done.OfType<AddRuleStep>().Where(step => step.IsIPv6 == ipv6).Select(step => step.Table).Distinct())
                steps.AddRange(OwnRules.Delete(ipv6, table, ipv6 ? rules6 : rules4));
        }

        steps.AddRange(done.OfType<SetSysctlStep>().Reverse().Select(step => new SetSysctlStep(step.Key, step.Previous, step.Value)));
        if (done.Any(step => step is AddLinkStep or StartEngineStep))
            steps.Add(new DeleteLinkStep(name));
        return steps;
    }
}
