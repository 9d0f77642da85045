using System;
using System.IO;
using System.Threading;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Sockets;

namespace Warren.Engine.Uapi;

/// <summary>
/// The socket that <c>wg</c> speaks to: one thread, many clients, none of which can keep another waiting. Clients stay as long as they like
/// (no timer wakes the thread); when there are too many, the one silent for longest goes.
/// </summary>
/// <remarks>Source of the behaviour: wireguard.com/xplatform and wireguard-go's device/uapi.go. docs/uapi.md has our own operations.</remarks>
internal sealed class UapiServer : IDisposable
{
    private const int MostClients = 256;
    private const uint ListenerToken = 0, StopToken = 1, FirstClientToken = 2;

    private readonly Device _device;
    private readonly UnixListener _listener;
    private readonly string? _path;
    private bool _isDisposed;
    private readonly Poller _poller = new();
    private readonly PollEvent[] _events = new PollEvent[32];
    private readonly EventSignal _stop = new();
    private readonly UapiConnection?[] _connections = new UapiConnection?[MostClients]; // Their tokens count from FirstClientToken.
    private readonly Thread _thread;
    private long _useCount;

    private UapiServer(Device device, UnixListener listener, string? path)
    {
        _device = device;
        _listener = listener;
        _path = path;
        File = path is null ? null : new FileWatch(path);
        _poller.Add(_listener.Descriptor, ListenerToken);
        _poller.Add(_stop.Descriptor, StopToken);
        _thread = new Thread(RoutineUapi) { Name = nameof(RoutineUapi), IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where the socket is; null when it was given by descriptor.</summary>
    public string? Path => _path;

    /// <summary>Notices when the socket's file is deleted or replaced; null when it was given by descriptor.</summary>
    public FileWatch? File { get; }

    /// <summary>Listens at <c>DIRECTORY/NAME.sock</c>, readable by its owner alone. The file of an engine that is gone is replaced.</summary>
    /// <exception cref="LinuxException">EADDRINUSE: a living engine has that name; or the directory cannot be used.</exception>
    public static UapiServer Listen(Device device, string directory, string name)
    {
        var path = $"{directory}/{name}.sock";
        var operation = $"listen on {path}";
        try
        {
            const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            Directory.CreateDirectory(directory, DirectoryMode);
            var listener = Bind(path, operation);
            try
            {

                // Nobody can connect before Listen: no moment at which others could.
                System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                listener.Listen(64);
                return new UapiServer(device, listener, path);
            }
            catch
            {
                listener.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new LinuxException(failure is UnauthorizedAccessException ? Errno.EACCES : Errno.EIO, operation, failure.Message);
        }
    }

    /// <summary>Serves a listening socket that somebody else opened (WG_UAPI_FD).</summary>
    /// <exception cref="LinuxException">It is no listening socket.</exception>
    public static UapiServer Serve(Device device, int descriptor) => new(device, UnixListener.Adopt(descriptor), null);

    /// <summary>Closes the socket, removes its file if it is still ours, and ends every conversation.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _stop.Set();
        _thread.Join();
        if (File is { } file && !file.DeletedOrReplaced())
            System.IO.File.Delete(_path!);
        File?.Dispose();
        _listener.Dispose();
        foreach (var connection in _connections)
            connection?.Dispose();
        _poller.Dispose();
        _stop.Dispose();
    }

    private static UnixListener Bind(string path, string operation)
    {
        try
        {
            return UnixListener.Bind(path);
        }
        catch (LinuxException failure) when (failure.Errno == Errno.EADDRINUSE)
        {
            if (IsAlive(path))
                throw new LinuxException(Errno.EADDRINUSE, operation);
            System.IO.File.Delete(path);
            return UnixListener.Bind(path);
        }
    }

    private static bool IsAlive(string path)
    {
        try
        {
            using var probe = UnixStream.Connect(path);
            return true;
        }
        catch (LinuxException failure)
        {
            return failure.Errno != Errno.ECONNREFUSED;
        }
    }

    private void RoutineUapi()
    {
        _device.Log.Debug("{0} started", _thread.Name);
        while (true)
        {
            var count = _poller.Wait(_events, Timeout.InfiniteTimeSpan);
            for (var i = 0; i < count; i++)
            {
                switch (_events[i].Token)
                {
                    case StopToken:
                        _device.Log.Debug("{0} stopped", _thread.Name);
                        return;
                    case ListenerToken:
                        Accept();
                        break;
                    default:
                        Continue((int)(_events[i].Token - FirstClientToken));
                        break;
                }
            }
        }
    }

    private void Accept()
    {
        try
        {
            if (_listener.Accept() is not { } socket)
                return; // Gone again before we looked.
            var place = Array.IndexOf(_connections, null);
            if (place < 0)
                place = CloseOldest();
            _connections[place] = new UapiConnection(_device, socket) { LastUse = ++_useCount };
            _poller.Add(socket.Descriptor, FirstClientToken + (uint)place);
        }
        catch (LinuxException failure)
        {
            // No descriptors left.
            _device.Log.Debug("cannot accept a client: {0}", failure.Message);
        }
    }

    private void Continue(int place)
    {
        // Closed by an event before this one; or another client's by now, which then has nothing to say yet.
        if (_connections[place] is not { } connection)
            return;
        connection.LastUse = ++_useCount;
        if (connection.Continue())
            _poller.Modify(
                connection.Descriptor, FirstClientToken + (uint)place, read: !connection.HasOutput, write: connection.HasOutput);
        else
            Close(place);
    }

    private int CloseOldest()
    {
        var oldest = 0;
        for (var place = 1; place < MostClients; place++)
        {
            if (_connections[place]!.LastUse < _connections[oldest]!.LastUse)
                oldest = place;
        }

        Close(oldest);
        return oldest;
    }

    private void Close(int place)
    {
        var connection = _connections[place]!;
        _connections[place] = null;
        _poller.Remove(connection.Descriptor);
        connection.Dispose();
    }
}
