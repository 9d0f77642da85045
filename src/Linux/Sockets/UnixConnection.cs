using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Sockets;

/// <summary>One client of a <see cref="UnixListener"/>: a stream that never blocks; owned, closed on Dispose. One thread's.</summary>
public sealed unsafe class UnixConnection : IDisposable
{
    /// <summary>What <see cref="Receive"/> and <see cref="Send"/> return when they would have to wait.</summary>
    public const int WouldBlock = -1;

    /// <summary>What <see cref="Receive"/> and <see cref="Send"/> return when the client is gone (EPIPE, ECONNRESET).</summary>
    public const int Gone = -2;

    private readonly OwnedDescriptor _socket;

    internal UnixConnection(OwnedDescriptor socket) => _socket = socket;

    /// <summary>For a poller; valid until Dispose.</summary>
    public int Descriptor => _socket.Number;

    /// <summary>Reads what is there: how many bytes, 0 when the client has said all it will,
    /// <see cref="WouldBlock"/> or <see cref="Gone"/>.</summary>
    public int Receive(Span<byte> buffer)
    {
        // SAFETY: pinned for the length of the call; the kernel writes at most buffer.Length bytes.
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = (int)SysSocket.recv(_socket, start, (nuint)buffer.Length, 0);
                if (length >= 0)
                    return length;
                if (Refusal() is var refusal and < 0)
                    return refusal;
            }
        }
    }

    /// <summary>Writes as much as fits: how many bytes, <see cref="WouldBlock"/> or <see cref="Gone"/>.</summary>
    public int Send(ReadOnlySpan<byte> buffer)
    {
        // SAFETY: pinned for the length of the call; the kernel only reads the buffer.
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = (int)SysSocket.sendto(_socket, start, (nuint)buffer.Length, SysSocket.MSG_NOSIGNAL, null, 0);
                if (length >= 0)
                    return length;
                if (Refusal() is var refusal and < 0)
                    return refusal;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // 0 for EINTR: the call is made again. Every other error of a connected stream means that nobody is there.
    private static int Refusal() => (Errno)Marshal.GetLastPInvokeError() switch
    {
        Errno.EAGAIN => WouldBlock,
        Errno.EINTR => 0,
        _ => Gone,
    };
}
