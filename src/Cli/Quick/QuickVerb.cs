using System;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Nftables;

namespace Warren.Cli.Quick;

/// <summary><c>wg-quick up|down|save|strip X</c>, also as <c>warren quick</c>.</summary>
internal static class QuickVerb
{
    /// <summary>Runs one verb and returns the exit code.</summary>
    public static int Run(Invocation invocation)
    {
        var program = QuickProgram.Of(invocation);
        switch (invocation.Arguments)
        {
            case ["--help" or "-h" or "help"]:
                invocation.Error.Write(QuickUsage.Of(program.Name));
                return 0;
            case [("up" or "down" or "save" or "strip") and var verb, var word]:
                return Run(program, invocation, verb, word);
            default:
                invocation.Error.Write(QuickUsage.Of(program.Name));
                return 1;
        }
    }

    private static int Run(QuickProgram program, Invocation invocation, string verb, string word)
    {
        try
        {
            if (!Environment.IsPrivilegedProcess)
                return Elevation.Run(program, invocation);
            var file = ConfigFile.Open(program, verb, word, invocation.Error);
            if (verb == "strip")
            {
                invocation.Output.Write(file.Config.WireGuardText + "\n");
                return 0;
            }

            return Run(program, invocation, verb, file);
        }
        catch (QuickFailure failure)
        {
            foreach (var line in failure.Lines)
                invocation.Error.Write($"{line}\n");
            return failure.Code;
        }
        catch (DeviceException exception)
        {
            invocation.Error.Write($"Unable to access interface: {exception.Message}\n");
            return 1;
        }
        catch (NftablesException exception)
        {
            invocation.Error.Write($"{program.Name}: {exception.Message.TrimEnd('\n')}\n");
            return 1;
        }
        catch (LinuxException exception)
        {
            invocation.Error.Write($"{program.Name}: {exception.Message}\n");
            return 1;
        }
    }

    private static int Run(QuickProgram program, Invocation invocation, string verb, ConfigFile file)
    {
        using var context = new QuickContext
        {
            Program = program,
            File = file,
            Invocation = invocation,
            Shell = new(program, invocation),
            Interruption = new(),
            Network = new(),
            Devices = invocation.Machine.Devices(),
        };
        switch (verb)
        {
            case "up":
                return new UpVerb(context).Run();
            case "down":
                return new DownVerb(context).Run();
            default:
                DownVerb.RequireDevice(context);
                new StepRunner(context).Run([new Config.Quick.Steps.SaveConfigStep(context.Name)], []);
                return 0;
        }
    }
}
