using System.Collections.Generic;

namespace Warren.Cli.Quick;

/// <summary>
/// Runs hooks with the manners of wg-quick's own shell: the first failure ends them, also inside a pipe; messages in the
/// C locale; the program's folder first in the PATH; the caller's directory and standard streams.
/// </summary>
internal sealed class Shell
{
    private readonly string _program;
    private readonly string[] _options;
    private readonly string _name;
    private readonly Dictionary<string, string> _variables;

    public Shell(QuickProgram program, Invocation invocation)
    {
        var path = invocation.Variable("PATH");
        var bash = SearchPath.Find("bash", path) ?? SearchPath.Find("bash", "/bin:/usr/bin");
        (_program, _options) = bash is null
            ? ("/bin/sh", ["-e", "-c"])
            : (bash, (string[])["-e", "-o", "pipefail", "-O", "extglob", "-c"]);
        _name = program.Path;
        _variables = new() { ["LC_ALL"] = "C", ["PATH"] = string.IsNullOrEmpty(path) ? program.Folder : $"{program.Folder}:{path}" };
    }

    /// <summary>What every program that wg-quick calls has on top of our own environment.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Where programs are looked for.</summary>
    public string PathVariable => _variables["PATH"];

    /// <summary>Runs <paramref name="hook"/> and returns its exit code.</summary>
    public int Run(string hook) => new Child(_program, [.. _options, hook, _name], _variables).Run();
}
