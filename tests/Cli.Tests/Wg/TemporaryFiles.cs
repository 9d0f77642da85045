using System;
using System.IO;

namespace Warren.Cli.Tests.Wg;

/// <summary>Some files in a folder of their own, gone afterwards.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("warren-files-").FullName;

    internal TemporaryFiles(params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
            File.WriteAllText(this[name], content);
    }

    internal string this[string name] => Path.Combine(_directory, name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
