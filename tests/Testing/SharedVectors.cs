using System;
using System.IO;

namespace Warren.Testing;

/// <summary>Public test vectors that are not part of the repository: ../shared/vectors from its root, where present.</summary>
public static class SharedVectors
{
    /// <summary>Why a test that needs them is skipped.</summary>
    public const string Absent = "../shared/vectors is not beside the repository: its known answers were not compared";

    /// <summary>The path of a file there, or null when the whole folder is absent.</summary>
    /// <exception cref="FileNotFoundException">The folder is there, but not the file.</exception>
    public static string? Find(string name)
    {
        var root = FindRoot();
        if (root is null)
            return null;
        var folder = Path.Combine(root, "..", "shared", "vectors");
        if (!Directory.Exists(folder))
            return null;
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? file : throw new FileNotFoundException("no such shared vectors", file);
    }

    /// <summary>The folder of Warren.slnx above the tests' own.</summary>
    private static string? FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Warren.slnx")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
