#pragma warning disable CA1416 // This room runs on Linux alone.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Linux.Files;

namespace Warren.RouterAgent.State;

/// <summary>The disk.</summary>
public sealed class DiskFiles : IStateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc/>
    public byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))] : [];

    /// <inheritdoc/>
    public void MakeFolder(string path)
    {
        Directory.CreateDirectory(path, OwnerFile | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public void Write(string path, byte[] content)
    {
        File.Delete(path);
        using var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile });
        stream.Write(content);
    }

    /// <inheritdoc/>
    public void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void FlushFolder(string folder) => DurableFile.FlushDirectory(folder);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);
}
