using System;
using System.IO;

namespace Warren.Testing;

/// <summary>The documents that describe the system, which are not part of the repository: shared/seeds beside it or one folder above, where present.</summary>
public static class SharedSeeds
{
    /// <summary>Why a test that needs them is skipped.</summary>
    public const string Absent = "shared/seeds is not beside the repository: the documents were not read";

    /// <summary>The path of the seed whose name begins so ("003"), or null when the whole folder is absent.</summary>
    /// <exception cref="FileNotFoundException">The folder is there, but not the file.</exception>
    public static string? Find(string number)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var seeds = Path.Combine(folder.FullName, "shared", "seeds");
            if (!Directory.Exists(seeds))
                continue;
            var files = Directory.GetFiles(seeds, $"{number}_*.txt");
            return files.Length == 1 ? files[0] : throw new FileNotFoundException("no such seed", number);
        }

        return null;
    }
}
