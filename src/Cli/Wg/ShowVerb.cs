using System;
using System.Collections.Generic;
using Warren.Engine.Uapi;

namespace Warren.Cli.Wg;

/// <summary><c>show</c>: one device, all of them, or their names.</summary>
internal static class ShowVerb
{
    private const string Arguments =
        "{ <interface> | all | interfaces } [public-key | private-key | listen-port | fwmark | peers | preshared-keys | "
        + "endpoints | allowed-ips | latest-handshakes | transfer | persistent-keepalive | dump]";

    /// <summary><c>warren show</c> takes options of ours; <c>wg show</c> does not know them.</summary>
    internal static int RunAsWarren(Invocation invocation)
    {
        var words = new List<string>(invocation.Arguments);
        var isJson = words.Remove("--json");
        var isDrops = words.Remove("--drops");
        if (!isJson && !isDrops)
            return Run(invocation);
        switch (words)
        {
            case []:
            case ["all"]:
                return Names(invocation) is not { } names ? 1 : ShowOptions.Run(invocation, names, isDrops, isJson);
            case [not "interfaces" and var name]:
                return ShowOptions.Run(invocation, [name], isDrops, isJson);
            default:
                return Usage.Write(invocation, "[<interface> | all] [--drops] [--json]");
        }
    }

    internal static int Run(Invocation invocation)
    {
        switch (invocation.Arguments)
        {
            case { Count: > 2 }:
            case ["interfaces", _]:
                return Usage.Write(invocation, Arguments);
            case []:
            case ["all"]:
                return All(invocation, null);
            case ["all", var parameter]:
                return All(invocation, parameter);
            case ["interfaces"]:
                return Interfaces(invocation);
            case ["-h" or "--help" or "help"]:
                Usage.Write(invocation, Arguments);
                return 0;
            case [var name]:
                return One(invocation, name, null);
            case [var name, var parameter]:
                return One(invocation, name, parameter);
        }

        throw new ArgumentException("every count of arguments is covered above");
    }

    private static int All(Invocation invocation, string? parameter)
    {
        if (Names(invocation) is not { } names)
            return 1;
        var isAnyShown = names.Count == 0;
        for (var i = 0; i < names.Count; i++)
        {
            DeviceState device;
            try
            {
                device = invocation.Machine.Devices().Get(names[i]);
            }
            catch (DeviceException refusal)
            {
                invocation.Error.Write($"Unable to access interface {names[i]}: {refusal.Message}\n");
                continue;
            }

            if (parameter is not null)
            {
                if (!Print(invocation, device, parameter, isMany: true))
                    return 1;
            }
            else
            {
                new PrettyPrinter(invocation).Print(device);
                if (i + 1 < names.Count)
                    invocation.Output.Write('\n');
            }

            isAnyShown = true;
        }

        return isAnyShown ? 0 : 1;
    }

    private static int One(Invocation invocation, string name, string? parameter)
    {
        try
        {
            var device = invocation.Machine.Devices().Get(name);
            if (parameter is not null)
                return Print(invocation, device, parameter, isMany: false) ? 0 : 1;
            new PrettyPrinter(invocation).Print(device);
            return 0;
        }
        catch (DeviceException refusal)
        {
            invocation.Error.Write($"Unable to access interface: {refusal.Message}\n");
            return 1;
        }
    }

    private static int Interfaces(Invocation invocation)
    {
        if (Names(invocation) is not { } names)
            return 1;
        if (names.Count > 0)
            invocation.Output.Write(string.Join(' ', names) + "\n");
        return 0;
    }

    private static bool Print(Invocation invocation, DeviceState device, string parameter, bool isMany)
    {
        if (ScriptPrinter.TryPrint(device, parameter, isMany, invocation.Output))
            return true;
        invocation.Error.Write($"Invalid parameter: `{parameter}'\n");
        Usage.Write(invocation, Arguments);
        return false;
    }

    private static IReadOnlyList<string>? Names(Invocation invocation)
    {
        try
        {
            return invocation.Machine.Devices().Names();
        }
        catch (DeviceException refusal)
        {
            invocation.Error.Write($"Unable to list interfaces: {refusal.Message}\n");
            return null;
        }
    }
}
