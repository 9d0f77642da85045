using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Sockets;

/// <summary>A listening AF_UNIX stream socket that never blocks; owned, closed on Dispose. The file is the caller's to remove.</summary>
/// <remarks>One thread accepts. Instead of System.Net.Sockets, which with what it brings along takes 2 MiB of an idle engine.</remarks>
public sealed unsafe class UnixListener : IDisposable
{
    private readonly OwnedDescriptor _socket;

    private UnixListener(OwnedDescriptor socket) => _socket = socket;

    /// <summary>For a poller; valid until Dispose.</summary>
    public int Descriptor => _socket.Number;

    /// <summary>Makes the socket's file. Nobody can connect before <see cref="Listen"/>.</summary>
    /// <exception cref="LinuxException">EADDRINUSE: there is a file of that name; ENAMETOOLONG, EACCES, ENOENT …</exception>
    public static UnixListener Bind(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var operation = $"bind {path}";
        var address = stackalloc byte[UnixAddress.Size];
        UnixAddress.Write(path, address, operation);
        var socket = SysSocket.socket(
            SysSocket.AF_UNIX, SysSocket.SOCK_STREAM | SysSocket.SOCK_CLOEXEC | SysSocket.SOCK_NONBLOCK, 0).OrThrow("socket AF_UNIX");

        // SAFETY: the address lives on this stack for the length of the call.
        if (SysSocket.bind(socket, address, UnixAddress.Size) == 0)
            return new UnixListener(socket);
        var failure = LinuxException.Last(operation);
        socket.Dispose();
        throw failure;
    }

    /// <summary>Takes over a socket that somebody else opened and made listen.</summary>
    /// <exception cref="LinuxException">EINVAL: it does not listen; ENOTSOCK, EBADF. The descriptor stays the caller's then.</exception>
    public static UnixListener Adopt(int descriptor)
    {
        const string Operation = "adopt a listening socket";
        var socket = new OwnedDescriptor(descriptor);
        int listens = 0;
        uint length = sizeof(int);

        // SAFETY: both variables live on this stack for the length of the calls.
        LinuxException? failure = null;
        if (SysSocket.getsockopt(socket, SysSocket.SOL_SOCKET, SysSocket.SO_ACCEPTCONN, &listens, &length) != 0)
            failure = LinuxException.Last(Operation);
        else if (listens == 0)
            failure = new LinuxException(Errno.EINVAL, Operation);
        else if (!Fcntl.TrySetNonBlocking(socket))
            failure = LinuxException.Last(Operation);
        if (failure is null)
            return new UnixListener(socket);
        socket.SetHandleAsInvalid();
        throw failure;
    }

    /// <summary>Lets clients connect.</summary>
    /// <param name="backlog">How many may wait to be accepted.</param>
    public void Listen(int backlog)
    {
        if (SysSocket.listen(_socket, backlog) != 0)
            throw LinuxException.Last("listen");
    }

    /// <summary>The next client that waits; null when none does, or when it has gone again.</summary>
    /// <exception cref="LinuxException">EMFILE, ENFILE, ENOMEM …: none can be accepted now.</exception>
    public UnixConnection? Accept()
    {
        while (true)
        {
            var socket = SysSocket.accept4(_socket, null, null, SysSocket.SOCK_CLOEXEC | SysSocket.SOCK_NONBLOCK);
            if (!socket.IsInvalid)
                return new UnixConnection(socket);
            var failure = LinuxException.Last("accept");
            socket.Dispose();
            switch (failure.Errno)
            {
                case Errno.EINTR:
                    break;
                case Errno.EAGAIN or Errno.ECONNABORTED:
                    return null;
                default:
                    throw failure;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
