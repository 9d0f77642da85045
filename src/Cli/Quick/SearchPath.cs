using System;
using System.IO;
using Warren.Linux.Files;

namespace Warren.Cli.Quick;

/// <summary>Finds programs as the shell does.</summary>
internal static class SearchPath
{
    private const int AnyExecute = 0x49; // octal 0111

    /// <summary>The first executable file of that name on <paramref name="path"/>, or null. A name with a slash is its own place.</summary>
    public static string? Find(string name, string? path)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return IsExecutable(name) ? name : null;
        foreach (var folder in (path ?? "").Split(':'))
        {
            var file = Path.Combine(folder.Length == 0 ? "." : folder, name);
            if (IsExecutable(file))
                return file;
        }

        return null;
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (FileStatus.OfPath(file).Permissions & AnyExecute) != 0;
}
