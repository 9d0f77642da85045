using System;

namespace Warren.Cli.Quick;

/// <summary>Who we are called as: the name in every message, and the way to call us again.</summary>
/// <param name="Name">"wg-quick", or "warren quick".</param>
/// <param name="Path">The program's file as it was called, a symlink not followed.</param>
/// <param name="IsUpstreamName">True when called as wg-quick.</param>
internal sealed record QuickProgram(string Name, string Path, bool IsUpstreamName)
{
    /// <summary>From argv[0]; a bare name is looked for on the PATH as the shell did.</summary>
    public static QuickProgram Of(Invocation invocation)
    {
        var file = System.IO.Path.GetFileName(invocation.Program);
        var path = invocation.Program.Contains('/', StringComparison.Ordinal)
            ? System.IO.Path.GetFullPath(invocation.Program)
            : SearchPath.Find(invocation.Program, invocation.Variable("PATH")) ?? Environment.ProcessPath!;
        return invocation.Verb.Length > 0
            ? new($"{file} {invocation.Verb}", path, false)
            : new(file, path, true);
    }

    /// <summary>The directory the program lies in: wg-quick puts it first in the PATH of what it calls.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;
}
