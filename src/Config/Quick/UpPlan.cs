using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Quick;

/// <summary>
/// What "up" does, in wg-quick's order: <see cref="Prepare"/>, <see cref="Raise"/>, <see cref="RoutePlan.Build"/>,
/// <see cref="Finish"/>. The host is observed between them, because hooks and wg decide what comes after.
/// </summary>
public static class UpPlan
{
    /// <summary>The link, the hooks before, keys and peers, addresses.</summary>
    public static IReadOnlyList<QuickStep> Prepare(QuickConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return
        [
            new AddLinkStep(config.Name),
            .. Hooks(config, config.PreUp),
            new ConfigureStep(config.Name, config.WireGuardText),
            .. config.Addresses.Select(address => new AddAddressStep(config.Name, address)),
        ];
    }

    /// <summary>The MTU, up, and DNS.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="mtu">What <see cref="MtuChoice"/> says; the configuration's own comes first.</param>
    /// <param name="tool">What sets DNS.</param>
    /// <param name="dnsPrefix">See <see cref="DnsPlan.Set"/>.</param>
    public static IReadOnlyList<QuickStep> Raise(QuickConfig config, int mtu, DnsTool tool, string dnsPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(config);
        return [new RaiseLinkStep(config.Name, config.Mtu ?? mtu), .. DnsPlan.Set(config, tool, dnsPrefix)];
    }

    /// <summary>The hooks after.</summary>
    public static IReadOnlyList<QuickStep> Finish(QuickConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return [.. Hooks(config, config.PostUp)];
    }

    internal static IEnumerable<QuickStep> Hooks(QuickConfig config, IEnumerable<string> hooks) =>
        hooks.Select(hook => new RunHookStep(config.Name, hook));
}
