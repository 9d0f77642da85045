using System.Collections.Generic;

namespace Warren.Lab.Processes;

/// <summary>What a program that ran to its end left behind.</summary>
/// <param name="CommandLine">The command as given, without the lab's own wrapping.</param>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Output">Everything it wrote to standard output.</param>
/// <param name="Error">Everything it wrote to standard error.</param>
public sealed record ProcessResult(IReadOnlyList<string> CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>True when the exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Returns this result, or throws <see cref="LabException"/> with both outputs when the exit code is not 0.</summary>
    public ProcessResult OrThrow() => Succeeded ? this : throw new LabException(ToString());

    /// <summary>The command, its exit code and both outputs, for messages.</summary>
    public override string ToString() =>
        $"$ {string.Join(' ', CommandLine)}\nexit code {ExitCode}\n{Output}{(Error.Length > 0 ? "--- standard error\n" + Error : "")}";
}
