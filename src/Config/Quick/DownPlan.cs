using System;
using System.Collections.Generic;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Quick;

/// <summary>What "down" does, in wg-quick's order: <see cref="Prepare"/>, <see cref="Remove"/>, <see cref="Clean"/>, <see cref="Finish"/>.</summary>
public static class DownPlan
{
    /// <summary>The hooks before, and saving.</summary>
    public static IReadOnlyList<QuickStep> Prepare(QuickConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var hooks = UpPlan.Hooks(config, config.PreDown);
        return config.SaveConfig ? [.. hooks, new SaveConfigStep(config.Name)] : [.. hooks];
    }

    /// <summary>The rules, then the link with its addresses and routes.</summary>
    public static IReadOnlyList<QuickStep> Remove(QuickConfig config, DownState state)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(state);
        var steps = new List<QuickStep>();
        if (config.IsTableAuto && state.FwMark != 0 && state.HasDefault)
        {
            steps.AddRange(OwnRules.Delete(false, state.FwMark, state.Rules4));
            steps.AddRange(OwnRules.Delete(true, state.FwMark, state.Rules6));
        }

        steps.Add(new DeleteLinkStep(config.Name));
        return steps;
    }

    /// <summary>What does not die with the link. Each is tried whatever becomes of the others.</summary>
    public static IReadOnlyList<QuickStep> Clean(QuickConfig config, DownState state, DnsTool tool, string dnsPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(state);
        var steps = new List<QuickStep>(DnsPlan.Unset(config, tool, dnsPrefix));
        if (state.FirewallFamilies.Count > 0)
            steps.Add(new DeleteFirewallStep(FirewallScript.Delete(config.Name, state.FirewallFamilies)));
        return steps;
    }

    /// <summary>The hooks after.</summary>
    public static IReadOnlyList<QuickStep> Finish(QuickConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return [.. UpPlan.Hooks(config, config.PostDown)];
    }
}
