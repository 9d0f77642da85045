using System;
using System.IO;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>One of the process's standard descriptors, read and written with plain read(2) and write(2).</summary>
/// <remarks>
/// A FileStream over a shared regular file keeps its own position and would write over what an earlier program of the
/// same shell redirection wrote; the console's own streams start the terminal machinery. Does not own the descriptor.
/// </remarks>
public sealed partial class StandardStream : Stream
{
    private const int EINTR = 4;
    private const int EPIPE = 32;
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <summary>Descriptor 0.</summary>
    public static StandardStream Input { get; } = new(0);

    /// <summary>Descriptor 1.</summary>
    public static StandardStream Output { get; } = new(1);

    /// <summary>Descriptor 2.</summary>
    public static StandardStream Error { get; } = new(2);

    /// <summary>True once a write found that nobody reads any more (EPIPE).</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a terminal is at the other end.</summary>
    public bool IsTerminal => isatty(_descriptor) == 1;

    /// <inheritdoc/>
    public override bool CanRead => _descriptor == 0;

    /// <inheritdoc/>
    public override bool CanWrite => _descriptor != 0;

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
                var length = read(_descriptor, start, (nuint)buffer.Length);
                if (length >= 0)
                    return (int)length;
                var errno = Marshal.GetLastPInvokeError();
                if (errno != EINTR)
                    throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
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
                var length = write(_descriptor, start + sent, (nuint)(buffer.Length - sent));
                if (length >= 0)
                {
                    sent += (int)length;
                    continue;
                }

                var errno = Marshal.GetLastPInvokeError();
                if (errno == EINTR)
                    continue;
                IsBroken |= errno == EPIPE;
                throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
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

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial nint read(int fd, byte* buf, nuint count);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial nint write(int fd, byte* buf, nuint count);

    [LibraryImport(Unistd.Library)]
    private static partial int isatty(int fd);
}
