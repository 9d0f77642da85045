using System.IO;
using Warren.Linux.Processes;

namespace Warren.Cli;

/// <summary>
/// The door: which program we were called as, which verb, and nothing else. Whatever a verb does not need is never
/// loaded, because every verb is behind a delegate of its own (see <see cref="VerbTable"/>).
/// </summary>
internal static class Program
{
    /// <summary>What a shell shows for a program ended by SIGPIPE: the runtime ignores the signal, so we say it ourselves.</summary>
    private const int BrokenPipe = 128 + 13;

    private static int Main(string[] args)
    {
        using var invocation = Invocation.OfProcess(args);
        try
        {
            var code = Run(invocation);
            invocation.Output.Flush();
            return code;
        }
        catch (IOException) when (StandardStream.Output.IsBroken || StandardStream.Error.IsBroken)
        {
            return BrokenPipe;
        }
    }

    /// <summary>Runs the program that <paramref name="invocation"/> is named as and returns its exit code.</summary>
    internal static int Run(Invocation invocation) =>
        VerbTable.FindProgram(Path.GetFileName(invocation.Program)) is { } program
            ? program.Run(invocation)
            : WarrenProgram.Run(invocation);
}
