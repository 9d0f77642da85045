using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace Warren.Cli.Quick;

/// <summary>A program that is run to its end, on our own standard streams unless said otherwise.</summary>
/// <param name="program">Its file.</param>
/// <param name="words">Its arguments.</param>
/// <param name="variables">Environment variables on top of ours; null for none.</param>
internal sealed class Child(string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? variables = null)
{
    /// <summary>Runs it and returns its exit code; 128 + N when signal N ended it.</summary>
    /// <exception cref="QuickFailure">It cannot be started.</exception>
    public int Run(string? input = null)
    {
        using var process = Start(input is not null, false);
        if (input is not null)
            Feed(process, input);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs it and returns what it printed; empty when it fails. Its complaints are not shown.</summary>
    public string Read()
    {
        using var process = Start(false, true);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : "";
    }

    private Process Start(bool feed, bool read)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardInput = feed,
            RedirectStandardOutput = read,
            RedirectStandardError = read,
            StandardInputEncoding = feed ? new UTF8Encoding(false) : null,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new QuickFailure { Lines = [$"{program}: {exception.Message}"], Code = 126 };
        }
    }

    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code says whether that is a failure.
        }
    }
}
