using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Quick;

/// <summary>How the DNS entries of a configuration reach the host. As wg-quick, nothing is done without one server's address.</summary>
public static class DnsPlan
{
    /// <summary>The steps that set them.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="tool">What is installed.</param>
    /// <param name="prefix">What resolvconf's interface-order wants before the name; "" mostly.</param>
    public static IReadOnlyList<QuickStep> Set(QuickConfig config, DnsTool tool, string prefix)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.DnsServers.Count == 0)
            return [];
        return tool switch
        {
            DnsTool.Resolvconf =>
            [
                new RunProgramStep(
                    "resolvconf",
                    ["-a", prefix + config.Name, "-m", "0", "-x"],
                    Resolv(config),
                    new("resolvconf", ["-d", prefix + config.Name, "-f"])),
            ],
            // "~." is resolvconf's -x: every name is asked here.
            DnsTool.Resolvectl =>
            [
                new RunProgramStep(
                    "resolvectl",
                    ["dns", config.Name, .. config.DnsServers],
                    Undo: new("resolvectl", ["revert", config.Name])),
                new RunProgramStep("resolvectl", ["domain", config.Name, .. config.DnsSearch, "~."]),
            ],
            _ => [new WarnStep("DNS is not set: neither resolvconf nor systemd-resolved is here. Install openresolv, or take the DNS line out.")],
        };
    }

    /// <summary>The steps that take them back once the link is gone; systemd-resolved forgets them with the link.</summary>
    public static IReadOnlyList<RunProgramStep> Unset(QuickConfig config, DnsTool tool, string prefix) =>
        tool == DnsTool.Resolvconf
            ? Set(config, tool, prefix).OfType<RunProgramStep>().Select(step => step.Undo).OfType<RunProgramStep>().ToList()
            : [];

    private static string Resolv(QuickConfig config)
    {
        var text = string.Concat(config.DnsServers.Select(server => $"nameserver {server}\n"));
        return config.DnsSearch.Count == 0 ? text : $"{text}search {string.Join(' ', config.DnsSearch)}\n";
    }
}
