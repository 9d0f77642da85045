using System;
using System.IO;

namespace Warren.Lab;

/// <summary>Where the program under test is: the variable WARREN, else artifacts/publish/warren of the repository.</summary>
public static class ProgramUnderTest
{
    /// <summary>The path of the published program, or null when neither is there.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WARREN") is { Length: > 0 } given) return File.Exists(given) ? Path.GetFullPath(given) : null;
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            if (FindRoot(start) is not { } root) continue;
            var published = Path.Combine(root, "artifacts", "publish", "warren");
            if (File.Exists(published)) return published;
        }

        return null;
    }

    /// <summary>The path of the published program; <see cref="LabException"/> says how to make it when it is missing.</summary>
    public static string Require() => Find()
        ?? throw new LabException("no warren program: dotnet publish -c Release -o artifacts/publish src/Cli, or set WARREN to its path");

    /// <summary>The repository around a folder: the nearest one upwards that holds Warren.slnx, or null.</summary>
    public static string? FindRoot(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Warren.slnx"))) return here.FullName;
        }

        return null;
    }
}
