using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Warren.Config.Language;
using Warren.Fabric.Check;
using Warren.Linux;
using Warren.Linux.Files;

namespace Warren.Cli.Check;

/// <summary>The files that are to be checked: those named, all in a folder that is named, and standard input.</summary>
internal sealed class InputFiles(Invocation invocation)
{
    private const int Limit = 16 << 20;
    private const int Others = 7;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<CheckedFile> _files = [];
    private readonly List<string?> _paths = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>What was read.</summary>
    internal IReadOnlyList<CheckedFile> Files => _files;

    /// <summary>Whether something that was named could not be read, or not be written.</summary>
    internal bool HasFailed { get; private set; }

    internal void Add(string path)
    {
        if (path == "-")
        {
            using var reader = new StreamReader(invocation.Input, Encoding.UTF8, leaveOpen: true);
            Add(null, new CheckedFile(new SourceText("standard input", reader.ReadToEnd())));
        }
        else if (Directory.Exists(path))
        {
            AddFolder(path);
        }
        else
        {
            Read(path, isNamed: true);
        }
    }

    /// <summary>Whether fixes can be written back to a file.</summary>
    internal bool CanWrite(int index) => _paths[index] is not null;

    /// <summary>Writes a file anew, with the permissions it had.</summary>
    internal bool Write(int index, string text)
    {
        var path = _paths[index]!;
        try
        {
            DurableFile.Rewrite(path, Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LinuxException)
        {
            Fail(path, exception);
            return false;
        }
    }

    private void AddFolder(string folder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(IsVisible).Order(StringComparer.Ordinal))
                Read(file, isNamed: false);
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(IsVisible).Where(inner => new DirectoryInfo(inner).LinkTarget is null).Order(StringComparer.Ordinal))
                AddFolder(inner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(folder, exception);
        }
    }

    private void Read(string path, bool isNamed)
    {
        try
        {
            if (!_seen.Add(Path.GetFullPath(path)))
                return;
            var status = FileStatus.OfPath(path);
            if (!isNamed && status.Kind != FileKind.Regular)
                return;
            var bytes = FileBytes.Read(path, Limit);
            if (!isNamed && bytes.AsSpan().Contains((byte)0))
                return; // A picture or a program beside the configurations.
            var permissions = status.Kind == FileKind.Regular ? Reach(path, status.Permissions) : default(int?);
            Add(IsText(bytes) && status.Kind == FileKind.Regular ? path : null, new CheckedFile(new SourceText(path, Encoding.UTF8.GetString(bytes)), permissions));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LinuxException)
        {
            Fail(path, exception);
        }
    }

    // A file in a folder that is closed to others is closed to them too.
    private static int Reach(string path, int permissions)
    {
        var folder = FileStatus.OfPath(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return (folder.Permissions & Others) == 0 ? permissions & ~Others : permissions;
    }

    private void Add(string? path, CheckedFile file)
    {
        _files.Add(file);
        _paths.Add(path);
    }

    private void Fail(string path, Exception exception)
    {
        HasFailed = true;
        invocation.Error.Write($"warren check: {path}: {(exception is LinuxException linux ? linux.Reason : exception.Message)}\n");
    }

    // What is not UTF-8 through and through would not be written back as it was.
    private static bool IsText(byte[] bytes)
    {
        try
        {
            return Strict.GetCharCount(bytes) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsVisible(string path) => Path.GetFileName(path) is not ['.', ..] and not [.., '~'];
}
