using Warren.Config.Quick;

namespace Warren.Cli.Quick;

/// <summary>Takes a tunnel down. Once the first rule or the link is gone it goes on to the end, whatever fails.</summary>
internal sealed class DownVerb(QuickContext context)
{
    /// <summary>Runs the plan.</summary>
    public int Run()
    {
        var (config, runner) = (context.Config, new StepRunner(context));
        RequireDevice(context);
        runner.Run(DownPlan.Prepare(config), []);

        var state = HostView.Down(context);
        var dns = DnsHost.Find(context.Shell.PathVariable);
        var failure = runner.RunAll(DownPlan.Remove(config, state));
        if (context.Network.HasLink(context.Name))
            return failure?.Code ?? 1;
        runner.RunAll(DownPlan.Clean(config, state, dns.Tool, dns.Prefix));
        failure = runner.RunAll(DownPlan.Finish(config)) ?? failure;
        return failure?.Code ?? 0;
    }

    /// <summary>Refuses what is not a WireGuard interface, as wg-quick.</summary>
    internal static void RequireDevice(QuickContext context)
    {
        if (context.IsDevice)
            return;
        throw context.Fail(
            $"`{context.Name}' is not a WireGuard interface",
            context.Network.HasLink(context.Name)
                ? $"`{context.Name}' is there, but something else made it"
                : $"there is no interface `{context.Name}': it is down already");
    }
}
