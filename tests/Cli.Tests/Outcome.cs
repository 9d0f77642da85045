using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Warren.Cli.Tests;

/// <summary>Runs a program of ours inside the test and says what it printed.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    internal static Outcome Of(params string[] commandLine) => Of("", null, Machine.Here, commandLine);

    internal static Outcome Of(
        string input, IReadOnlyDictionary<string, string>? variables, Machine machine, params string[] commandLine)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var invocation = new Invocation
        {
            Program = commandLine[0],
            Arguments = commandLine[1..],
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Output = output,
            Error = error,
            Variable = name => variables is not null && variables.TryGetValue(name, out var value) ? value : null,
            Machine = machine,
        };
        var code = Program.Run(invocation);
        return new(code, output.ToString(), error.ToString());
    }
}
