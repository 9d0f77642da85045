using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Warren.Lab.Processes;

/// <summary>A program that runs in a node: its outputs are kept as they come, and disposing it ends it with its children.</summary>
/// <remarks>Thread-safe for reading. A daemon it started keeps running until the node ends.</remarks>
public sealed class LabProcess : IDisposable
{
    // A daemon may keep the pipes of the program that started it: what a finished program has not written by then is not its own.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromMilliseconds(500);

    private readonly Process process;
    private readonly string[] commandLine;
    private readonly MemoryStream output = new();
    private readonly MemoryStream error = new();
    private readonly Task readers;

    internal LabProcess(ProcessStartInfo start, string[] commandLine, string? input)
    {
        this.commandLine = commandLine;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new LabException($"cannot start {start.FileName}: {e.Message}", e);
        }

        readers = Task.WhenAll(Keep(process.StandardOutput.BaseStream, output), Keep(process.StandardError.BaseStream, error));
        Feed(input);
    }

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => Text(output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Text(error);

    /// <summary>True once it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>The process as the lab's own /proc numbers it: the one that entered the namespaces, whose child is the program.</summary>
    internal int Id => process.Id;

    /// <summary>A copy of the bytes written to standard output so far.</summary>
    public byte[] OutputBytes()
    {
        lock (output) return output.ToArray();
    }

    /// <summary>Waits for its end and returns what it left; after <paramref name="bound"/> it is killed and <see cref="LabException"/> thrown.</summary>
    public ProcessResult WaitForExit(TimeSpan bound)
    {
        if (!process.WaitForExit(bound))
        {
            Kill();
            throw new LabException($"did not end within {bound.TotalSeconds:0.#} s and was killed:\n{Result(-1)}");
        }

        readers.Wait(PipeGrace);
        return Result(process.ExitCode);
    }

    /// <summary>Waits until the program has printed <paramref name="text"/> on either output.</summary>
    public void WaitForText(string text, TimeSpan bound) => Poll.WaitUntil(
        $"`{string.Join(' ', commandLine)}` prints \"{text}\"",
        () =>
        {
            if (Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal)) return true;
            return process.HasExited && readers.Wait(PipeGrace)
                && !(Output + Error).Contains(text, StringComparison.Ordinal)
                    ? throw new LabException($"ended before it printed \"{text}\":\n{Result(process.ExitCode)}")
                    : false;
        },
        bound,
        () => Result(-1).ToString());

    /// <summary>Sends SIGTERM to the program and waits for its end; kills it after <paramref name="bound"/>.</summary>
    public ProcessResult Stop(TimeSpan bound)
    {
        HostProcesses.Signal("TERM", HostProcesses.Children(process.Id));
        return WaitForExit(bound);
    }

    /// <summary>Ends the program and its children at once, as SIGKILL does, and waits until it is gone.</summary>
    /// <remarks>
    /// Never the process that entered the namespaces first: its child would become a zombie of the host's init, and a PID namespace
    /// cannot end before all its zombies are reaped.
    /// </remarks>
    public void Kill()
    {
        while (!process.WaitForExit(TimeSpan.Zero))
        {
            HostProcesses.Signal("KILL", HostProcesses.Descendants(process.Id));
            if (process.WaitForExit(PipeGrace)) break;
            if (HostProcesses.Children(process.Id).Count == 0) process.Kill();
        }
    }

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private void Feed(string? input)
    {
        try
        {
            if (input is not null) process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it: its exit code and outputs say why.
        }
    }

    private static async Task Keep(Stream from, MemoryStream to)
    {
        var buffer = new byte[16384];
        while (await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var length)
        {
            lock (to) to.Write(buffer, 0, length);
        }
    }

    private static string Text(MemoryStream from)
    {
        lock (from) return Encoding.UTF8.GetString(from.GetBuffer(), 0, (int)from.Length);
    }

    private ProcessResult Result(int exitCode) => new(commandLine, exitCode, Output, Error);
}
