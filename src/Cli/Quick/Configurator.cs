using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Cli.Wg;
using Warren.Config;
using Warren.Config.Quick.Steps;
using Warren.Config.WireGuard;
using Warren.Engine.Uapi;

namespace Warren.Cli.Quick;

/// <summary>wg's part of the configuration, read as <c>wg addconf</c> reads it.</summary>
internal sealed class Configurator(QuickContext context)
{
    /// <summary>Finds what <c>wg</c> would refuse, before anything is touched. Asks nobody for a name.</summary>
    /// <exception cref="QuickFailure">With wg's own text, and file and line behind it.</exception>
    public void Check()
    {
        var findings = new List<Diagnostic>();
        var reader = new FileReader(append: true, OfflineNames.Instance, findings.Add);
        var ending = Read(reader, context.Config.WireGuardText, out _);
        if (ending is null)
            return;
        var fault = findings.Last(finding => finding.Severity == Severity.Error);
        var line = context.Config.WireGuardLines[fault.Position.Line - 1];
        throw new QuickFailure
        {
            Lines = [fault.Message, ending, $"Hint: {context.File.Path}:{line}: {LineAdvice.For(LineOf(fault), fault.Message)}"],
        };
    }

    /// <summary>Adds it to the device. Names are asked for now, with wg's patience; a signal ends the waiting.</summary>
    public void Add(ConfigureStep step)
    {
        var reader = new FileReader(append: true, new SystemResolver(Patient()), finding => context.Error.Write($"{finding.Message}\n"));
        try
        {
            if (Read(reader, step.Text, out var settings) is { } ending)
                throw new QuickFailure { Lines = [ending] };
            context.Devices.Set(step.Name, DeviceChanges.From(settings!));
        }
        catch (WgExit)
        {
            throw QuickFailure.Silent(1);
        }
    }

    /// <summary>What <c>wg showconf</c> prints.</summary>
    public static string ShowConf(DeviceState device)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ShowConfVerb.Write(device, text);
        return text.ToString();
    }

    // Null when all was taken, else wg's last line.
    private static string? Read(FileReader reader, string text, out DeviceSettings? settings)
    {
        settings = null;
        foreach (var line in IniDocument.Parse(text).Lines)
        {
            if (!reader.TryTake(line))
                return "Configuration parsing error";
        }

        settings = reader.Finish();
        return settings is null ? "Invalid configuration" : null;
    }

    private string LineOf(Diagnostic fault) => context.Config.WireGuardText.Split('\n')[fault.Position.Line - 1];

    private Invocation Patient() => new()
    {
        Program = context.Invocation.Program,
        Arguments = context.Invocation.Arguments,
        Input = context.Invocation.Input,
        Output = context.Invocation.Output,
        Error = context.Error,
        Variable = context.Invocation.Variable,
        Machine = new()
        {
            Lookup = context.Invocation.Machine.Lookup,
            Pause = time =>
            {
                context.Interruption.Token.WaitHandle.WaitOne(time);
                context.Interruption.ThrowIfRequested();
            },
        },
    };
}
