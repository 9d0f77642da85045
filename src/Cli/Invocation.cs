using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Warren.Linux.Processes;

namespace Warren.Cli;

/// <summary>What a program or verb runs with. Tests give streams and variables of their own.</summary>
/// <remarks><see cref="Output"/> is buffered until the program ends, <see cref="Error"/> never: as with C's stdio.</remarks>
internal sealed class Invocation : IDisposable
{
    /// <summary>argv[0] as typed: usage texts begin with it.</summary>
    public required string Program { get; init; }

    /// <summary>The word after the program's name, or empty.</summary>
    public string Verb { get; init; } = "";

    /// <summary>Everything after the verb (after the program's name when there is no verb yet).</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output, UTF-8.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error, UTF-8, flushed at every write.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Everything else that is asked of the machine.</summary>
    public Machine Machine { get; init; } = Machine.Here;

    /// <summary>An environment variable's value, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The running process's own.</summary>
    internal static Invocation OfProcess(string[] arguments) => new()
    {
        Program = ProgramName.OfProcess(),
        Arguments = arguments,
        Input = StandardStream.Input,
        Output = new StreamWriter(StandardStream.Output, new UTF8Encoding(false), 16384, leaveOpen: true),
        Error = new StreamWriter(StandardStream.Error, new UTF8Encoding(false), 256, leaveOpen: true) { AutoFlush = true },
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>The same with the first argument taken as the verb.</summary>
    internal Invocation WithVerb()
    {
        var rest = new string[Arguments.Count - 1];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = Arguments[i + 1];
        return With(Arguments[0], rest);
    }

    /// <summary>The same streams with another verb and arguments.</summary>
    internal Invocation With(string verb, IReadOnlyList<string> arguments) => new()
    {
        Program = Program,
        Verb = verb,
        Arguments = arguments,
        Input = Input,
        Output = Output,
        Error = Error,
        Machine = Machine,
        Variable = Variable,
    };

    /// <summary>Hands what is still buffered to the streams' writers; the descriptors stay open.</summary>
    public void Dispose()
    {
        // A reader that went away was already answered by the exit code.
        if (StandardStream.Output.IsBroken || StandardStream.Error.IsBroken)
            return;
        Output.Dispose();
        Error.Dispose();
    }
}
