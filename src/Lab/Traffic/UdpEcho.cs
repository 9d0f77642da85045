using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Warren.Lab.Traffic;

/// <summary>A UDP port that sends back what it gets. One thread of its own, which ends with the socket.</summary>
public sealed class UdpEcho : IDisposable
{
    private readonly Socket socket;
    private readonly Thread thread;
    private volatile bool isDisposed;

    internal UdpEcho(Socket socket)
    {
        this.socket = socket;
        thread = new Thread(Loop) { Name = nameof(UdpEcho), IsBackground = true };
        thread.Start();
    }

    /// <summary>Closes the port.</summary>
    public void Dispose()
    {
        isDisposed = true;
        socket.Dispose();
        thread.Join();
    }

    private void Loop()
    {
        var buffer = new byte[65536];
        EndPoint from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var length = socket.ReceiveFrom(buffer, ref from);
                socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, from);
            }
        }
        catch (Exception e) when (isDisposed && e is SocketException or ObjectDisposedException)
        {
            // Disposing the socket is how the loop is told to end.
        }
    }
}
