using System;
using Warren.Linux;
using Warren.Linux.Udp;
using Warren.Protocol.Routing;

namespace Warren.Engine;

/// <summary>A UDP port held open: a socket of each family for every worker.</summary>
/// <remarks>
/// One worker: plain sockets. Several: SO_REUSEPORT, by which the kernel spreads flows, but only after a probe without it, so that a
/// port that anybody else holds is EADDRINUSE as always.
/// </remarks>
internal sealed class Port : IDisposable
{
    /// <summary>Tries to find a port that is free in both families when any will do.</summary>
    private const int Attempts = 100;

    private readonly UdpSocket?[] _ipv4;
    private readonly UdpSocket?[] _ipv6;

    private Port(int workers)
    {
        _ipv4 = new UdpSocket?[workers];
        _ipv6 = new UdpSocket?[workers];
    }

    /// <summary>The number.</summary>
    public ushort Number { get; private set; }

    /// <summary>A worker's IPv4 socket; null when there is none.</summary>
    public UdpSocket? IPv4(int worker) => _ipv4[worker];

    /// <summary>A worker's IPv6 socket; null when there is none.</summary>
    public UdpSocket? IPv6(int worker) => _ipv6[worker];

    /// <summary>Opens the port in the calling thread's network namespace.</summary>
    /// <param name="address">Local address; unspecified: any of both families.</param>
    /// <param name="number">0: one that is free.</param>
    /// <param name="fwmark">Mark of what is sent, 0 for none.</param>
    /// <param name="workers">How many workers share it.</param>
    /// <param name="offloads">What the sockets ask the kernel for.</param>
    /// <exception cref="LinuxException">EADDRINUSE, EADDRNOTAVAIL, …: nothing is open then.</exception>
    public static Port Open(IpAddress address, ushort number, uint fwmark, int workers, UdpOffloads offloads = UdpOffloads.None)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = new Port(workers);
            try
            {
                port.Open(address, number, fwmark, offloads);
                return port;
            }
            catch (LinuxException failure)
            {
                port.Dispose();

                // Free for IPv4 and taken for IPv6: another may be free for both.
                if (number != 0 || failure.Errno != Errno.EADDRINUSE || attempt == Attempts)
                    throw;
            }
        }
    }

    /// <summary>Puts a mark on everything sent from now on.</summary>
    public void SetMark(uint fwmark)
    {
        foreach (var socket in _ipv4)
            socket?.SetMark(fwmark);
        foreach (var socket in _ipv6)
            socket?.SetMark(fwmark);
    }

    /// <summary>Closes the sockets. No worker may use them any more.</summary>
    public void Dispose()
    {
        foreach (var socket in _ipv4)
            socket?.Dispose();
        foreach (var socket in _ipv6)
            socket?.Dispose();
    }

    private void Open(IpAddress address, ushort number, uint fwmark, UdpOffloads offloads)
    {
        Number = number;
        if (address.IsUnspecified || !address.IsIPv6)
            OpenFamily(_ipv4, address, fwmark, offloads);
        if (!address.IsUnspecified && !address.IsIPv6)
            return;
        try
        {
            OpenFamily(_ipv6, address, fwmark, offloads);
        }
        catch (LinuxException failure) when (failure.Errno == Errno.EAFNOSUPPORT && address.IsUnspecified)
        {
            // A host without IPv6: IPv4 alone, as wireguard-go.
        }
    }

    private void OpenFamily(UdpSocket?[] sockets, IpAddress address, uint fwmark, UdpOffloads offloads)
    {
        var ipv6 = sockets == _ipv6;
        Span<byte> bytes = stackalloc byte[16];
        var local = bytes[..(address.IsUnspecified ? 0 : address.Write(bytes))];
        if (sockets.Length > 1)
        {
            using var probe = UdpSocket.Bind(ipv6, local, Number, fwmark, reusePort: false);
            Number = probe.LocalPort;
        }

        for (var i = 0; i < sockets.Length; i++)
        {
            sockets[i] = UdpSocket.Bind(ipv6, local, Number, fwmark, reusePort: sockets.Length > 1, offloads);
            Number = sockets[i]!.LocalPort;
        }
    }
}
