using System;
using System.IO;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Sockets;

/// <summary>A connected AF_UNIX stream socket, blocking; owned, closed on Dispose. One reader and one writer at a time.</summary>
/// <remarks>For short-lived clients: System.Net.Sockets would cost a command line program several milliseconds to load.</remarks>
public sealed partial class UnixStream : Stream
{
    private int _descriptor;

    private UnixStream(int descriptor) => _descriptor = descriptor;

    /// <summary>The longest path an address holds, in bytes.</summary>
    public const int MaxPathLength = UnixAddress.MaxPathLength;

    /// <summary>Connects to the socket at <paramref name="path"/>.</summary>
    /// <exception cref="LinuxException">ENOENT, ECONNREFUSED (nobody listens), EACCES, ENAMETOOLONG …</exception>
    public static unsafe UnixStream Connect(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var operation = $"connect {path}";
        var address = stackalloc byte[UnixAddress.Size];
        UnixAddress.Write(path, address, operation);
        var descriptor = socket(SysSocket.AF_UNIX, SysSocket.SOCK_STREAM | SysSocket.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            throw new LinuxException((Errno)Marshal.GetLastPInvokeError(), operation);
        var stream = new UnixStream(descriptor);
        int result;
        do
            result = connect(descriptor, address, UnixAddress.Size);
        while (result < 0 && Marshal.GetLastPInvokeError() == (int)Errno.EINTR);
        if (result == 0)
            return stream;
        var errno = (Errno)Marshal.GetLastPInvokeError();
        stream.Dispose();
        throw new LinuxException(errno, operation);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override unsafe int Read(Span<byte> buffer)
    {
        // SAFETY: pinned for the length of the call; the kernel writes at most buffer.Length bytes.
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = recv(_descriptor, start, (nuint)buffer.Length, 0);
                if (length >= 0)
                    return (int)length;
                Check("recv");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        // SAFETY: pinned for the length of the call; the kernel only reads the rest of the buffer.
        fixed (byte* start = buffer)
        {
            for (var sent = 0; sent < buffer.Length;)
            {
                var length = send(_descriptor, start + sent, (nuint)(buffer.Length - sent), SysSocket.MSG_NOSIGNAL);
                if (length >= 0)
                    sent += (int)length;
                else
                    Check("send");
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_descriptor >= 0)
            close(_descriptor);
        _descriptor = -1;
        base.Dispose(disposing);
    }

    private static void Check(string operation)
    {
        var errno = (Errno)Marshal.GetLastPInvokeError();
        if (errno != Errno.EINTR)
            throw new LinuxException(errno, operation);
    }

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial int connect(int fd, byte* address, uint length);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial nint recv(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial nint send(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static partial int close(int fd);
}
