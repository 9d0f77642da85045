using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Warren.Engine.Offload;
using Warren.Engine.Tests.Offload;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Live;

/// <summary>A TUN with all offloads in a namespace of its own, and this test in the place of the engine: host 2 is the kernel, host 1 the test.</summary>
internal sealed class TunEnd : IDisposable
{
    public const int Mtu = 1420;

    private readonly TestNamespace _space = new();
    private readonly TunDevice _tun;
    private readonly Poller _poller = new();
    private readonly Coalescer _coalescer = new(300, TunOffloads.All);
    private readonly byte[] _buffer = new byte[VirtioNetHeader.Size + 65536];

    public TunEnd()
    {
        _tun = _space.In(static () => TunDevice.Open("tun0", new TunOptions { Offloads = TunOffloads.All, Mtu = Mtu }));
        Assert.Equal(TunOffloads.All, _tun.Offloads);
        Run("ip address add 10.9.0.2/24 dev tun0");
        Run("ip link set tun0 up");
        _space.AddIPv6("fd00::2", "tun0");
        _poller.Add(_tun[0].Descriptor, 0);
    }

    public void Run(string command) => _space.Run(command);

    /// <summary>The kernel's counter of that name (nstat).</summary>
    public long Counter(string name)
    {
        var fields = _space.Run($"nstat -asz {name}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[Array.IndexOf(fields, name) + 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A socket of the kernel's side.</summary>
    public Socket Open(bool ipv6, bool tcp)
    {
        var family = ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var socket = _space.In(() => tcp ? new Socket(family, SocketType.Stream, ProtocolType.Tcp) : new Socket(family, SocketType.Dgram, ProtocolType.Udp));
        socket.ReceiveTimeout = socket.SendTimeout = 10_000;
        return socket;
    }

    public static IPEndPoint Address(bool ipv6, int host, int port) =>
        new(IPAddress.Parse(ipv6 ? $"fd00::{host}" : $"10.9.0.{host}"), port);

    /// <summary>The next packet of TCP or UDP that the kernel gives, each within five seconds.</summary>
    public (VirtioNetHeader Header, byte[] Packet) Read()
    {
        while (true)
        {
            int length;
            while (!_tun[0].TryRead(_buffer, out length))
                Assert.Equal(1, _poller.Wait(new PollEvent[1], TimeSpan.FromSeconds(5)));
            var packet = _buffer[VirtioNetHeader.Size..length];
            if (TunTcp.Locate(packet).Protocol is TestPacket.Tcp or TestPacket.Udp)
                return (VirtioNetHeader.Read(_buffer), packet); // Else a report of a multicast listener.
        }
    }

    /// <summary>Joins packets and gives them to the kernel, which takes every one; how many writes that were.</summary>
    public int Write(IReadOnlyList<byte[]> packets)
    {
        var results = Joined.Join(_coalescer, packets);
        foreach (var result in results)
        {
            var bytes = new byte[VirtioNetHeader.Size + result.Packet.Length];
            result.Header.Write(bytes);
            result.Packet.CopyTo(bytes, VirtioNetHeader.Size);
            Assert.Equal(Errno.None, _tun[0].Write(bytes));
        }

        return results.Count;
    }

    public void Dispose()
    {
        _poller.Dispose();
        _tun.Dispose();
        _space.Dispose();
    }
}
