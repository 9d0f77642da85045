using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;

namespace Warren.Engine.Tests.Live;

/// <summary>Two devices of ours, each in a namespace, with a session between them: 10.9.0.1 and fd00::1 left, .2 and ::2 right.</summary>
internal sealed class TunnelPair : IDisposable
{
    /// <summary>What a UDP datagram over IPv4 holds beside 32 bytes of ours, padded to 16.</summary>
    private const int LongestInside = (65507 - 32) & -16;

    private const int UdpLevel = 17, UdpSegment = 103;

    private readonly Random _random = new(20261127);
    private readonly int _mtu;

    public TunnelPair(bool outerIPv6 = false, Refusals left = default, Refusals right = default, int mtu = 1420)
    {
        _mtu = mtu;
        Left.JoinTo(Right);
        A = Make(Left, 1, left);
        B = Make(Right, 2, right);
        A.AddPeer(B.PublicKey, outerIPv6 ? "[2001:db8::2]:51820" : "192.0.2.2:51820", null, "10.9.0.2/32", "fd00::2/128");
        B.AddPeer(A.PublicKey, outerIPv6 ? "[2001:db8::1]:51820" : "192.0.2.1:51820", null, "10.9.0.1/32", "fd00::1/128");
        Left.Run("ping -c 1 -W 5 10.9.0.2");
    }

    public TestNamespace Left { get; } = new();

    public TestNamespace Right { get; } = new();

    public TestDevice A { get; }

    public TestDevice B { get; }

    /// <summary>What was dropped on either side, but for what the hosts say to groups nobody is in.</summary>
    public IEnumerable<(DropReason Reason, ulong Count)> Drops => new[] { A, B }
        .SelectMany(static device => device.Device.ReportDrops().Device)
        .Where(static drop => drop.Reason != DropReason.NoPeerForDestination)
        .Select(static drop => (drop.Reason, drop.Count));

    /// <summary>How many were dropped for a reason; none for none.</summary>
    public int Lost(DropReason reason) => (int)Drops.Where(drop => drop.Reason == reason).Sum(static drop => (long)drop.Count);

    /// <summary>A TCP connection that carries as many bytes both ways at once; all arrive as they were sent.</summary>
    public async Task Stream(bool ipv6, int bytes)
    {
        var address = Address(ipv6, 2, 5001);
        using var listener = Open(Right, address, tcp: true);
        listener.Bind(address);
        listener.Listen();
        using var left = Open(Left, address, tcp: true);
        var connecting = Task.Run(() => left.Connect(address));
        using var right = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await connecting;
        byte[] there = new byte[bytes], back = new byte[bytes];
        _random.NextBytes(there);
        _random.NextBytes(back);
        await Task.WhenAll(Send(left, there), Send(right, back), Receive(right, there), Receive(left, back)).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Does something every millisecond while <paramref name="work"/> lasts; the sum of what it returned.</summary>
    public static async Task<int> While(Func<int> something, Func<Task> work)
    {
        var sum = 0;
        var working = work();
        while (!working.IsCompleted)
        {
            sum += something();
            await Task.WhenAny(working, Task.Delay(1));
        }

        await working;
        return sum;
    }

    /// <summary>Datagrams of all sizes, in bursts, by themselves and as super-packets. All arrive, whole and in order, but for those that were dropped
    /// for <paramref name="reason"/>: how many.</summary>
    public int Datagrams(bool ipv6, int bursts, DropReason reason = DropReason.None)
    {
        var address = Address(ipv6, 2, 5002);
        var longest = Math.Min(_mtu, LongestInside) - (ipv6 ? 48 : 28);
        using var receiver = Open(Right, address, tcp: false);
        receiver.Bind(address);
        receiver.ReceiveBufferSize = 8 << 20;
        receiver.ReceiveTimeout = 20;
        using var sender = Open(Left, address, tcp: false);
        sender.Connect(address);
        var received = new byte[65536];
        var before = Lost(reason);
        var lost = 0;
        for (var burst = 0; burst < bursts; burst++)
        {
            var size = _random.Next(1, longest);
            var count = _random.Next(2, 40);
            var isSuper = burst % 2 == 0 && count * size < 60_000;
            var sent = Enumerable.Range(0, count).Select(i => Noise(isSuper && i < count - 1 ? size : _random.Next(isSuper ? 1 : 0, size + 1))).ToList();
            sender.SetRawSocketOption(UdpLevel, UdpSegment, BitConverter.GetBytes(isSuper ? size : 0));
            if (isSuper)
                sender.Send([.. sent.SelectMany(static datagram => datagram)]);
            else
                sent.ForEach(datagram => sender.Send(datagram));
            lost += sent.Count - Collect(receiver, received, sent, () => Lost(reason) - before - lost);
        }

        return lost;
    }

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
        Left.Dispose();
        Right.Dispose();
    }

    // How many arrived, each the next or one behind it; what is missing was dropped.
    private int Collect(Socket receiver, byte[] buffer, List<byte[]> sent, Func<int> dropped)
    {
        var start = Stopwatch.GetTimestamp();
        var (next, count) = (0, 0);
        while (count < sent.Count)
        {
            if (!TryReceive(receiver, buffer, out var length))
            {
                if (count + dropped() == sent.Count)
                    break;
                Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"{sent.Count - count} of {sent.Count} are missing, {dropped()} were counted\n{Evidence()}");
                continue;
            }

            while (!sent[next].AsSpan().SequenceEqual(buffer.AsSpan(0, length)))
            {
                next++;
                Assert.True(next < sent.Count, "a datagram was changed or out of order");
            }

            next++;
            count++;
        }

        return count;
    }

    private string Evidence() => string.Join('\n', Drops) + string.Concat(new[] { (Left, A), (Right, B) }.Select(
        static side => $"\n{side.Item1.Run("nstat -asz")}\n{side.Item1.Run("ip -s -s link")}\n{side.Item2.Output}"));

    private static bool TryReceive(Socket socket, byte[] buffer, out int length)
    {
        try
        {
            length = socket.Receive(buffer);
            return true;
        }
        catch (SocketException timeout) when (timeout.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            length = 0;
            return false;
        }
    }

    private TestDevice Make(TestNamespace space, int number, Refusals refusals)
    {
        var device = new TestDevice(space, "wg0", refusedTun: refusals.Tun, refusedUdp: refusals.Udp, mtu: _mtu).Up($"10.9.0.{number}/24", 51820);
        space.AddIPv6($"fd00::{number}", "wg0");
        Assert.Equal(TunOffloads.None, device.Tun.Offloads & refusals.Tun);
        Assert.Equal(UdpOffloads.All & ~refusals.Udp, device.Device.Port!.IPv4(0)!.Offloads);
        Assert.Equal(UdpOffloads.All & ~refusals.Udp, device.Device.Port!.IPv6(0)!.Offloads);
        return device;
    }

    private static Task Send(Socket socket, byte[] bytes) => Task.Factory.StartNew(
        () => Assert.Equal(bytes.Length, socket.Send(bytes)), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task Receive(Socket socket, byte[] expected) => Task.Factory.StartNew(
        () =>
        {
            var received = new byte[expected.Length];
            for (var count = 0; count < received.Length;)
            {
                var more = socket.Receive(received.AsSpan(count));
                Assert.True(more > 0, "the stream ended early");
                count += more;
            }

            Assert.True(expected.AsSpan().SequenceEqual(received), "the stream arrived changed");
        },
        default,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static IPEndPoint Address(bool ipv6, int host, int port) => new(IPAddress.Parse(ipv6 ? $"fd00::{host}" : $"10.9.0.{host}"), port);

    private static Socket Open(TestNamespace space, IPEndPoint address, bool tcp) => space.In(
        () => tcp
            ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp));

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Offloads that the kernel is made to refuse when a device starts.</summary>
    internal readonly record struct Refusals(TunOffloads Tun, UdpOffloads Udp);
}
