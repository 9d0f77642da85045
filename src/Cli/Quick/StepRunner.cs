using System;
using System.Collections.Generic;
using Warren.Config.Quick.Steps;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Nftables;
using Warren.Linux.Processes;

namespace Warren.Cli.Quick;

/// <summary>Does steps: says the equivalent command, then does the same without it.</summary>
internal sealed class StepRunner(QuickContext context)
{
    // What ip(8) exits with when the kernel refused.
    private const int Refused = 2;

    /// <summary>Does <paramref name="steps"/> in order, each into <paramref name="done"/> once it is; stops between two when a signal came.</summary>
    /// <exception cref="QuickFailure">A step failed, or a signal came.</exception>
    public void Run(IEnumerable<QuickStep> steps, List<QuickStep> done)
    {
        foreach (var step in steps)
        {
            context.Interruption.ThrowIfRequested();
            try
            {
                Run(step);
            }
            catch (QuickFailure failure) when (step is AddLinkStep && IsLinkOurs(failure.Code))
            {
                done.Add(step);
                throw;
            }

            done.Add(step);
        }

        context.Interruption.ThrowIfRequested();
    }

    // After a failure: a link left by an implementation that made it and then failed, or was stopped by a signal. Any other
    // belongs to whoever was faster, such as a second `up' of the same tunnel.
    private bool IsLinkOurs(int code) =>
        context.Network.HasLink(context.Name) && (code > 128 || (DeviceMaker.IsForeign(context.Invocation) && !context.IsDevice));

    /// <summary>Does every one of <paramref name="steps"/>, whatever becomes of the others.</summary>
    /// <returns>The first failure; each was printed.</returns>
    public QuickFailure? RunAll(IEnumerable<QuickStep> steps)
    {
        QuickFailure? first = null;
        foreach (var step in steps)
        {
            try
            {
                Run(step);
            }
            catch (QuickFailure failure)
            {
                first ??= failure;
            }
        }

        return first;
    }

    // The reason is said at once, before anything is undone.
    private void Run(QuickStep step)
    {
        context.Error.Write($"{(step is WarnStep ? "[!]" : "[#]")} {step.Command}\n");
        try
        {
            Do(step);
        }
        catch (QuickFailure failure)
        {
            throw Told(failure.Code, [.. failure.Lines]);
        }
        catch (LinuxException exception)
        {
            throw Told(Refused, HostNetwork.Answer(exception));
        }
        catch (NftablesException exception)
        {
            throw Told(1, exception.Message.TrimEnd('\n'));
        }
        catch (DeviceException exception)
        {
            throw Told(1, $"Unable to modify interface: {exception.Message}");
        }
    }

    private QuickFailure Told(int code, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            context.Error.Write($"{line}\n");
        return QuickFailure.Silent(code);
    }

    private void Do(QuickStep step)
    {
        var network = context.Network;
        switch (step)
        {
            case AddLinkStep add: new DeviceMaker(context).Make(add); break;
            case DeleteLinkStep delete: new DeviceMaker(context).Delete(delete); break;
            case ConfigureStep configure: new Configurator(context).Add(configure); break;
            case AddAddressStep add: network.AddAddress(add.Name, add.Address); break;
            case RaiseLinkStep raise: network.Raise(raise.Name, raise.Mtu); break;
            case AddRouteStep add: network.AddRoute(add.Name, add.Prefix, add.Table is null ? HostNetwork.MainTable : TableNames.Find(add.Table)!.Value); break;
            case SetFwMarkStep set: context.Devices.Set(set.Name, new() { FwMark = set.Mark }); break;
            case AddRuleStep add: network.AddRule(add.IsIPv6, add.Table); break;
            case AddSuppressRuleStep add: network.AddSuppressRule(add.IsIPv6); break;
            case DeleteRuleStep delete: network.DeleteRule(delete.IsIPv6, delete.Table, delete.Priority); break;
            case DeleteSuppressRuleStep delete: network.DeleteSuppressRule(delete.IsIPv6, delete.Priority); break;
            case SetSysctlStep set: Sysctl.Write(set.Key.Replace('.', '/'), set.Value); break;
            case AddFirewallStep add: Nft(add.Script); break;
            case DeleteFirewallStep delete: Nft(delete.Script); break;
            case RunProgramStep program: Finish(new Child(Found(program.Program), program.Arguments, context.Shell.Variables).Run(program.Text)); break;
            case RunHookStep hook: RunHook(hook); break;
            case SaveConfigStep: new Saver(context).Write(); break;
            case WarnStep: break;
            default: throw new InvalidOperationException($"no way to do {step.GetType().Name}");
        }
    }

    private void RunHook(RunHookStep hook)
    {
        context.Invocation.Output.Flush();
        Finish(context.Shell.Run(hook.Command));
    }

    private string Found(string program) => SearchPath.Find(program, context.Shell.PathVariable)
        ?? throw context.Fail($"{program}: command not found");

    private static void Finish(int code)
    {
        if (code != 0)
            throw QuickFailure.Silent(code);
    }

    private void Nft(string script)
    {
        if (!NftablesContext.IsAvailable)
            throw context.Fail("libnftables.so.1 is missing", "a default route needs it: install libnftables1 (Debian) or nftables");
        using var nftables = new NftablesContext();
        nftables.Run(script);
    }
}
