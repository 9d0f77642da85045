using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Warren.Engine.Drops;
using Warren.Linux;
using Warren.Linux.Files;
using Warren.Linux.Sockets;

namespace Warren.Engine.Uapi;

/// <summary>Userspace devices: whoever listens on DIRECTORY/NAME.sock. One connection per call, as wg.</summary>
public sealed class UapiClient : IDeviceBackend
{
    /// <summary>Where wg looks for the sockets.</summary>
    public const string DefaultDirectory = "/var/run/wireguard";

    private const string Suffix = ".sock";
    private const int BufferSize = 16384;
    private readonly string _directory;

    /// <summary>Devices of <paramref name="directory"/>.</summary>
    public UapiClient(string directory = DefaultDirectory) => _directory = directory;

    /// <summary>Whether somebody listens for that name. The socket of a process that is gone is removed.</summary>
    /// <remarks>Connects and closes without a word, as wg does: servers tolerate that.</remarks>
    public bool Has(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('/') || !IsSocket(PathOf(name)))
            return false;
        try
        {
            using var connection = UnixStream.Connect(PathOf(name));
            return true;
        }
        catch (LinuxException failure)
        {
            if (failure.Errno != Errno.ECONNREFUSED)
                return true; // There, but not for us (permission, a full queue): it still owns the name.
            File.Delete(PathOf(name));
            return false;
        }
    }

    /// <inheritdoc/>
    public DeviceState Get(string name) => Converse(name, static writer => writer.Write("get=1\n\n"), reader => GetReader.Read(name, reader));

    /// <summary>What the device dropped in silence, and why. EOPNOTSUPP: not an engine of ours.</summary>
    /// <exception cref="DeviceException">There is no such device, or it cannot be asked.</exception>
    public DropReport GetDrops(string name) => Converse(name, static writer => writer.Write(DropText.Request), static reader =>
        // wireguard-go hangs up on an operation it does not know.
        reader.Peek() < 0 ? throw new DeviceException(Errno.EOPNOTSUPP) : DropText.Read(reader));

    /// <inheritdoc/>
    public void Set(string name, DeviceChange change)
    {
        Converse(name, writer => UapiText.WriteSet(change, writer), static reader =>
        {
            GetReader.ReadErrno(reader);
            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>();
        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(_directory, "*" + Suffix))
            {
                var file = Path.GetFileName(path);
                if (file.Length > Suffix.Length && Has(file[..^Suffix.Length]))
                    names.Add(file[..^Suffix.Length]);
            }
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw new DeviceException(Errno.EACCES, refusal);
        }

        return names;
    }

    private T Converse<T>(string name, Action<TextWriter> ask, Func<TextReader, T> read)
    {
        using var connection = Connect(name);
        try
        {
            using (var writer = new StreamWriter(connection, new UTF8Encoding(false), BufferSize, leaveOpen: true))
                ask(writer);
            using var reader = new StreamReader(connection, Encoding.UTF8, false, BufferSize, leaveOpen: true);
            return read(reader);
        }
        catch (LinuxException failure)
        {
            throw new DeviceException(failure.Errno, failure);
        }
    }

    private UnixStream Connect(string name)
    {
        if (name.Contains('/'))
            throw new DeviceException(Errno.EINVAL);
        try
        {
            if (FileStatus.OfPath(PathOf(name)).Kind != FileKind.Socket)
                throw new DeviceException(Errno.EBADF);
            return UnixStream.Connect(PathOf(name));
        }
        catch (LinuxException failure)
        {
            if (failure.Errno == Errno.ECONNREFUSED)
                File.Delete(PathOf(name));
            throw new DeviceException(failure.Errno, failure);
        }
    }

    private string PathOf(string name) => $"{_directory}/{name}{Suffix}";

    private static bool IsSocket(string path)
    {
        try
        {
            return FileStatus.OfPath(path).Kind == FileKind.Socket;
        }
        catch (LinuxException)
        {
            return false; // Nothing there that we may see.
        }
    }
}
