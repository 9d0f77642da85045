using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Warren.Config.Quick.Steps;
using Warren.Linux;

namespace Warren.Cli.Quick;

/// <summary>Makes the device: the kernel's where it has WireGuard, else a userspace one.</summary>
internal sealed class DeviceMaker(QuickContext context)
{
    private const string Variable = "WG_QUICK_USERSPACE_IMPLEMENTATION";

    // What ip(8) exits with when the kernel refused.
    private const int Refused = 2;

    // A userspace device follows its link; a second `up' must not meet the first one's socket.
    private static readonly TimeSpan EndOfEngine = TimeSpan.FromSeconds(5);

    /// <summary>Whether the userspace implementation is not our own engine, which takes its link along when it fails.</summary>
    public static bool IsForeign(Invocation invocation) => !string.IsNullOrEmpty(invocation.Variable(Variable));

    /// <summary>Makes the link.</summary>
    public void Make(AddLinkStep step)
    {
        try
        {
            context.Network.AddWireGuard(step.Name);
        }
        catch (LinuxException exception)
        {
            context.Error.Write($"{HostNetwork.Answer(exception)}\n");
            if (exception.Errno != Errno.EOPNOTSUPP || Directory.Exists("/sys/module/wireguard"))
                throw QuickFailure.Silent(Refused);
            StartEngine(step.Name);
        }
    }

    /// <summary>Deletes the link, and waits for the engine behind it to go.</summary>
    public void Delete(DeleteLinkStep step)
    {
        context.Network.DeleteLink(step.Name);
        SpinWait.SpinUntil(() => !context.IsDevice, EndOfEngine);
    }

    private void StartEngine(string name)
    {
        var chosen = context.Invocation.Variable(Variable);
        if (string.IsNullOrEmpty(chosen))
        {
            context.Error.Write("[!] Missing WireGuard kernel module. Falling back to the userspace engine of warren.\n");
            Start(new StartEngineStep(name, "warren engine --daemon"), Environment.ProcessPath!, ["engine", "--daemon", name]);
            return;
        }

        var program = SearchPath.Find(chosen, context.Shell.PathVariable)
            ?? throw new QuickFailure
            {
                Lines = [$"Hint: `{chosen}', which {Variable} names, is not a program on the PATH; without the variable warren's own engine is used"],
                Code = Refused,
            };
        context.Error.Write("[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.\n");
        Start(new StartEngineStep(name, chosen), program, [name]);
    }

    private void Start(StartEngineStep step, string program, IReadOnlyList<string> words)
    {
        context.Error.Write($"[#] {step.Command}\n");
        if (new Child(program, words, context.Shell.Variables).Run() is var code and not 0)
        {
            // Our own engine has said so itself.
            throw program == Environment.ProcessPath || File.Exists("/dev/net/tun")
                ? QuickFailure.Silent(code)
                : new QuickFailure
                {
                    Lines = ["Hint: there is no /dev/net/tun: load its module (modprobe tun), or give the container the device (--device /dev/net/tun)"],
                    Code = code,
                };
        }
    }
}
