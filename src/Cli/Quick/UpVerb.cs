using System.Collections.Generic;
using Warren.Config.Quick;
using Warren.Config.Quick.Steps;

namespace Warren.Cli.Quick;

/// <summary>Brings a tunnel up, or leaves the host as it was.</summary>
internal sealed class UpVerb(QuickContext context)
{
    private readonly List<QuickStep> _done = [];

    /// <summary>Runs the plan; on any failure and on INT, TERM and HUP everything done is undone.</summary>
    public int Run()
    {
        var (config, runner) = (context.Config, new StepRunner(context));
        RefuseIfPresent();
        new Configurator(context).Check();
        CheckTable();
        var dns = DnsHost.Find(context.Shell.PathVariable);
        try
        {
            runner.Run(UpPlan.Prepare(config), _done);
            var mtu = config.Mtu ?? HostView.ChooseMtu(context);
            runner.Run(UpPlan.Raise(config, mtu, dns.Tool, dns.Prefix), _done);
            runner.Run(RoutePlan.Build(config, HostView.Routes(context)), _done);
            runner.Run(UpPlan.Finish(config), _done);
            return 0;
        }
        catch
        {
            Undo(runner);
            throw;
        }
    }

    private void Undo(StepRunner runner)
    {
        if (_done.Count > 0)
            runner.RunAll(UndoPlan.Build(context.Name, _done, context.Network.Rules(false), context.Network.Rules(true)));
    }

    private void RefuseIfPresent()
    {
        if (!context.Network.HasLink(context.Name))
            return;
        throw context.Fail(
            $"`{context.Name}' already exists",
            context.IsDevice
                ? $"take it down first: `{context.Program.Name} down {context.Name}'"
                : $"it is no WireGuard interface; give the tunnel another name by renaming {context.File.Path}");
    }

    private void CheckTable()
    {
        var table = context.Config.Table;
        if (context.Config.IsTableAuto || context.Config.IsTableOff || TableNames.Find(table.Text) is not null)
            return;
        throw context.Fail(
            $"{context.File.Path}:{table.Line}: `{table.Text}' is not a routing table: "
            + "write auto, off, a number from 1 to 4294967295 or a name in /etc/iproute2/rt_tables");
    }
}
