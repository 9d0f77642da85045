using System;
using System.IO;
using System.Text;
using Warren.Config.Quick;
using Warren.Linux;
using Warren.Linux.Files;

namespace Warren.Cli.Quick;

/// <summary>The configuration file that a word on the command line means.</summary>
/// <param name="Path">The file, links followed.</param>
/// <param name="Config">What it says.</param>
internal sealed record ConfigFile(string Path, QuickConfig Config)
{
    /// <summary>Where the configuration of a bare name lies.</summary>
    public const string Folder = "/etc/wireguard";

    // A million peers fit; a device that never ends does not.
    private const int FileLimit = 1 << 28;

    /// <summary>Finds and reads the file, and warns when others may read it too.</summary>
    /// <exception cref="QuickFailure">There is no such file, or it is no configuration.</exception>
    public static ConfigFile Open(QuickProgram program, string verb, string word, TextWriter error, string folder = Folder)
    {
        var file = InterfaceName.IsValid(word) ? $"{folder}/{word}.conf" : word;
        if (Directory.Exists(file))
            throw QuickFailure.Of(program.Name, $"`{file}' is a directory", "name the file in it, INTERFACE.conf");
        if (!IsThere(file))
            throw QuickFailure.Of(program.Name, $"`{file}' does not exist", new MissingFile(program.Name, verb, word, folder).Hint);
        if (InterfaceName.FromPath(file) is not { } name)
            throw QuickFailure.Of(
                program.Name,
                "The config file must be a valid interface name, followed by .conf",
                $"rename it to something like wg0.conf: 1 to {InterfaceName.MaxLength} of a-z A-Z 0-9 _ = + . - before .conf");

        var path = Resolve(file);
        WarnIfOpenToAll(path, error);
        var parse = QuickParser.Parse(name, Read(program, path));
        if (parse.Problems.Count > 0)
            throw new QuickFailure { Lines = [.. Array.ConvertAll([.. parse.Problems], problem => Line(program, path, problem))] };
        return new(path, parse.Config);
    }

    // A link that leads nowhere, or back to itself, is no file: as the shell's -e.
    private static bool IsThere(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            FileStatus.OfPath(file);
            return true;
        }
        catch (LinuxException exception) when (exception.Errno is Errno.ENOENT or Errno.ELOOP)
        {
            return false;
        }
    }

    private static string Line(QuickProgram program, string path, QuickProblem problem) => problem.IsUpstreamText
        ? $"{program.Name}: {problem.Message}"
        : $"{program.Name}: {path}:{problem.Line}: {problem.Message}";

    private static string Read(QuickProgram program, string path)
    {
        try
        {
            return Encoding.UTF8.GetString(FileBytes.Read(path, FileLimit));
        }
        catch (LinuxException exception)
        {
            throw QuickFailure.Of(program.Name, $"`{path}' cannot be read: {exception.Reason}");
        }
    }

    private static string Resolve(string file)
    {
        var full = System.IO.Path.GetFullPath(file);
        return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    // As wg-quick: only where both the file and its folder let others in.
    private static void WarnIfOpenToAll(string path, TextWriter error)
    {
        const int Others = 7;
        var folder = FileStatus.OfPath(System.IO.Path.GetDirectoryName(path)!);
        if ((FileStatus.OfPath(path).Permissions & folder.Permissions & Others) != 0)
            error.Write($"Warning: `{path}' is world accessible\n");
    }
}
