#pragma warning disable CA1416 // This room runs on Linux alone.
using System;
using System.IO;
using Warren.Linux.Libc;

namespace Warren.Linux.Files;

/// <summary>Replaces a file so that a crash leaves the old one or the new one, whole.</summary>
public static class DurableFile
{
    /// <summary>Writes <paramref name="content"/> beside <paramref name="path"/>, flushes it to the disk, and renames it over the old file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">Its permissions, whatever the umask; a key's are owner read and write.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                File.SetUnixFileMode(stream.SafeFileHandle, mode);
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Replaces a file that is there, where its name leads when it is a symbolic link, and keeps its permissions.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">It is not there, or cannot be written.</exception>
    public static void Rewrite(string path, ReadOnlySpan<byte> content)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        Replace(target, content, File.GetUnixFileMode(target));
    }

    /// <summary>Flushes a directory: a rename in it is on the disk only when it is.</summary>
    /// <exception cref="LinuxException">It cannot be opened or flushed.</exception>
    public static void FlushDirectory(string directory)
    {
        using OwnedDescriptor descriptor =
            Fcntl.open(directory, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0).OrThrow($"open {directory}");
        if (Unistd.fsync(descriptor) != 0) throw LinuxException.Last($"flush {directory}");
    }
}
