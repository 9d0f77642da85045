using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using Warren.Linux;
using Warren.Linux.Processes;

namespace Warren.Engine;

/// <summary>Starts this program again as a daemon and waits until its interface and socket exist (docs/adr/0007).</summary>
public static class EngineDaemon
{
    /// <summary>Starts it and returns its exit code if it fails, else 0 once it is ready.</summary>
    /// <param name="arguments">What the program is to be called with, its own name excepted: the foreground form.</param>
    /// <param name="inherited">Descriptors it takes over under the same numbers (WG_TUN_FD, WG_UAPI_FD).</param>
    /// <param name="errors">Where its reason is printed when it fails.</param>
    public static int Start(IReadOnlyList<string> arguments, IReadOnlyList<int> inherited, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(inherited);
        ArgumentNullException.ThrowIfNull(errors);
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        var ready = 3;
        while (Contains(inherited, ready))
            ready++;
        var descriptors = new List<(int, int)> { ((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), ready) };
        foreach (var descriptor in inherited)
            descriptors.Insert(0, (descriptor, descriptor));

        var (path, argv) = Program(arguments);
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        environment[ReadinessPipe.Variable] = ready.ToString(CultureInfo.InvariantCulture);

        try
        {
            DetachedProcess.Start(path, argv, environment, descriptors);
        }
        catch (LinuxException failure)
        {
            errors.Write($"cannot start the engine as a daemon: {failure.Message}\n");
            return 1;
        }

        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        var answer = reader.ReadToEnd();
        if (answer == ReadinessPipe.ReadyWord)
            return 0;
        errors.Write(answer.Length > 0 ? answer : "the engine ended before it was ready; run it with --foreground to see why\n");
        return 1;
    }

    // The executable, or in development the runtime's host with our assembly.
    private static (string Path, List<string> Argv) Program(IReadOnlyList<string> arguments)
    {
        var path = Environment.ProcessPath ?? throw new EngineException("cannot find this program's own file");
        var argv = new List<string> { path };
        if (Path.GetFileNameWithoutExtension(path) == "dotnet")
            argv.Add(Environment.GetCommandLineArgs()[0]);
        argv.AddRange(arguments);
        return (path, argv);
    }

    private static bool Contains(IReadOnlyList<int> numbers, int number)
    {
        foreach (var other in numbers)
        {
            if (other == number)
                return true;
        }

        return false;
    }
}
