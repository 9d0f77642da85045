namespace Warren.Cli.Wg;

/// <summary>The usage line of a subcommand, on standard error, with the program's name as it was typed.</summary>
internal static class Usage
{
    internal static int Write(Invocation invocation, string arguments = "")
    {
        invocation.Error.Write($"Usage: {invocation.Program} {invocation.Verb}{(arguments.Length > 0 ? " " : "")}{arguments}\n");
        return 1;
    }
}
