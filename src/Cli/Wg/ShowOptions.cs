using System.Collections.Generic;
using Warren.Engine.Drops;
using Warren.Engine.Uapi;
using Warren.Linux;

namespace Warren.Cli.Wg;

/// <summary><c>warren show … --drops</c> and <c>--json</c>. Secrets are never part of them.</summary>
internal static class ShowOptions
{
    internal static int Run(Invocation invocation, IReadOnlyList<string> names, bool isDrops, bool isJson)
    {
        var states = new List<DeviceState>();
        var drops = new List<(string Name, DropReport Report)>();
        var isFailed = false;
        foreach (var name in names)
        {
            try
            {
                if (isDrops)
                    drops.Add((name, invocation.Machine.Devices().GetDrops(name)));
                else
                    states.Add(invocation.Machine.Devices().Get(name));
            }
            catch (DeviceException refusal)
            {
                isFailed = true;
                invocation.Error.Write(isDrops && refusal.Errno == Errno.EOPNOTSUPP
                    ? $"{name} does not say what it drops: only devices of `warren engine' do\n"
                    : $"Unable to access interface {name}: {refusal.Message}\n");
            }
        }

        Write(invocation, states, drops, isDrops, isJson);
        return isFailed ? 1 : 0;
    }

    private static void Write(
        Invocation invocation, List<DeviceState> states, List<(string Name, DropReport Report)> drops, bool isDrops, bool isJson)
    {
        if (isJson)
        {
            invocation.Output.Write(isDrops ? ShowJson.Of(drops) : ShowJson.Of(states));
            return;
        }

        var printer = new DropPrinter(invocation);
        for (var i = 0; i < drops.Count; i++)
        {
            if (i > 0)
                invocation.Output.Write('\n');
            printer.Print(drops[i].Name, drops[i].Report);
        }
    }
}
