using System;
using System.Net;
using Warren.Linux.Events;
using Warren.Linux.Udp;

namespace Warren.Linux.Tests.Udp;

public sealed class UdpSocketTests
{
    private static readonly byte[] Loopback4 = IPAddress.Loopback.GetAddressBytes();
    private static readonly byte[] Loopback6 = IPAddress.IPv6Loopback.GetAddressBytes();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_arrives_whole_in_order_and_says_where_it_came_from(bool ipv6)
    {
        byte[] loopback = ipv6 ? Loopback6 : Loopback4;
        using UdpSocket a = UdpSocket.Bind(ipv6, [], 0, 0, false);
        using UdpSocket b = UdpSocket.Bind(ipv6, loopback, 0, 0, false);
        using var send = new SendBatch(64, 64 * 65);
        using var receive = new ReceiveBatch(64, 2048);
        for (int i = 0; i < 64; i++)
        {
            send.Space[..(i + 1)].Fill((byte)i);
            send.Add(i + 1, loopback, b.LocalPort, 0, [], 0);
        }

        Assert.True(send.IsFull);
        SendAll(a, send);
        ReceiveAll(b, receive, 64, i =>
        {
            Assert.Equal(i + 1, receive.Datagram(i).Length);
            Assert.Equal(-1, receive.Datagram(i).IndexOfAnyExcept((byte)i));
            Assert.False(receive.Truncated(i));
            byte[] address = new byte[16];
            receive.GetSource(i, address, out int length, out ushort port, out uint scope);
            Assert.Equal(loopback, address[..length]);
            Assert.Equal(a.LocalPort, port);
            Assert.Equal(0u, scope);
            receive.GetLocal(i, address, out length, out int index);
            Assert.Equal(loopback, address[..length]);
            Assert.Equal(1, index);
        });
        Assert.Equal(0, b.Receive(receive));
    }

    [Fact]
    public void A_port_in_use_is_EADDRINUSE()
    {
        using UdpSocket first = UdpSocket.Bind(false, [], 0, 0, false);
        var error = Assert.Throws<LinuxException>(() => UdpSocket.Bind(false, [], first.LocalPort, 0, false));
        Assert.Equal(Errno.EADDRINUSE, error.Errno);
        Assert.Throws<LinuxException>(() => UdpSocket.Bind(false, [], first.LocalPort, 0, reusePort: true));
        using UdpSocket other = UdpSocket.Bind(true, [], first.LocalPort, 0, false); // V6ONLY: not the same port
    }

    [Fact]
    public void A_foreign_bind_address_is_EADDRNOTAVAIL()
    {
        var error = Assert.Throws<LinuxException>(() => UdpSocket.Bind(false, [192, 0, 2, 1], 0, 0, false));
        Assert.Equal(Errno.EADDRNOTAVAIL, error.Errno);
    }

    [Fact]
    public void Sockets_that_share_a_port_may_be_bound_together()
    {
        using UdpSocket first = UdpSocket.Bind(false, [], 0, 0, reusePort: true);
        using UdpSocket second = UdpSocket.Bind(false, [], first.LocalPort, 0, reusePort: true);
        Assert.Equal(first.LocalPort, second.LocalPort);
    }

    [Fact]
    public void A_datagram_leaves_from_the_local_address_it_was_given()
    {
        using UdpSocket a = UdpSocket.Bind(false, [], 0, 0, false);
        using UdpSocket b = UdpSocket.Bind(false, [], 0, 0, false);
        using var send = new SendBatch(1, 100);
        using var receive = new ReceiveBatch(1, 100);
        send.Add(3, Loopback4, b.LocalPort, 0, [127, 0, 0, 9], 1);
        SendAll(a, send);
        ReceiveAll(b, receive, 1, i =>
        {
            byte[] address = new byte[16];
            receive.GetSource(i, address, out int length, out _, out _);
            Assert.Equal([127, 0, 0, 9], address[..length]);
        });
    }

    [Fact]
    public void A_refused_datagram_loses_nothing_behind_it_and_a_stale_source_is_told_apart()
    {
        using UdpSocket a = UdpSocket.Bind(false, [], 0, 0, false);
        using UdpSocket b = UdpSocket.Bind(false, Loopback4, 0, 0, false);
        using var send = new SendBatch(3, 100);
        using var receive = new ReceiveBatch(4, 100);
        send.Add(1, Loopback4, b.LocalPort, 0, [], 0);
        send.Add(2, Loopback4, b.LocalPort, 0, [192, 0, 2, 77], 0); // no address of ours
        send.Add(3, Loopback4, b.LocalPort, 0, [], 0);
        Assert.Equal(1, a.Send(send, 0, out Errno error));
        Assert.Equal(Errno.None, error);
        Assert.Equal(0, a.Send(send, 1, out error));
        Assert.True(SendError.IsStaleSource(error) && send.HasLocal(1), error.ToString());
        send.ForgetLocal(1);
        Assert.False(send.HasLocal(1));
        Assert.Equal(2, a.Send(send, 1, out error));
        ReceiveAll(b, receive, 3, i => Assert.Equal(i + 1, receive.Datagram(i).Length));

        send.Clear();
        send.Add(1, Loopback4, b.LocalPort, 0, [], 9999); // no such interface
        Assert.Equal(0, a.Send(send, 0, out error));
        Assert.True(SendError.IsStaleSource(error), error.ToString());
    }

    [Fact]
    public void A_datagram_longer_than_its_slot_is_cut_and_says_so()
    {
        using UdpSocket a = UdpSocket.Bind(false, [], 0, 0, false);
        using UdpSocket b = UdpSocket.Bind(false, Loopback4, 0, 0, false);
        using var send = new SendBatch(2, 201);
        using var receive = new ReceiveBatch(2, 100);
        send.Add(101, Loopback4, b.LocalPort, 0, [], 0);
        send.Add(100, Loopback4, b.LocalPort, 0, [], 0);
        SendAll(a, send);
        ReceiveAll(b, receive, 2, i =>
        {
            Assert.Equal(i == 0, receive.Truncated(i));
            Assert.Equal(100, receive.Datagram(i).Length);
        });
    }

    [Fact]
    public void Datagrams_to_a_closed_port_leave_the_socket_usable()
    {
        using UdpSocket a = UdpSocket.Bind(false, Loopback4, 0, 0, false);
        ushort closed;
        using (UdpSocket gone = UdpSocket.Bind(false, Loopback4, 0, 0, false)) closed = gone.LocalPort;
        using var send = new SendBatch(2, 100);
        using var receive = new ReceiveBatch(2, 100);
        for (int round = 0; round < 3; round++)
        {
            send.Clear();
            send.Add(1, Loopback4, closed, 0, [], 0);
            send.Add(2, Loopback4, a.LocalPort, 0, [], 0);
            SendAll(a, send);
            ReceiveAll(a, receive, 1, i => Assert.Equal(2, receive.Datagram(i).Length));
        }
    }

    [Fact]
    public void Wrong_lengths_are_programmer_errors()
    {
        using var send = new SendBatch(1, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => send.Add(101, Loopback4, 1, 0, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => send.Add(-1, Loopback4, 1, 0, [], 0));
        Assert.Throws<ArgumentException>(() => send.Add(1, [1, 2, 3], 1, 0, [], 0));
        Assert.Throws<ArgumentException>(() => send.Add(1, Loopback4, 1, 0, Loopback6, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => send.Datagram(0).Length);
        Assert.Throws<InvalidOperationException>(() => send.Join(1));
        send.Add(1, Loopback4, 1, 0, [], 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => send.Add(1, Loopback4, 1, 0, [], 0));
        using var receive = new ReceiveBatch(1, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => receive.Datagram(0).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_allocates_nothing(bool ipv6)
    {
        byte[] loopback = ipv6 ? Loopback6 : Loopback4;
        using UdpSocket a = UdpSocket.Bind(ipv6, [], 0, 0, false);
        using UdpSocket b = UdpSocket.Bind(ipv6, loopback, 0, 0, false);
        using var send = new SendBatch(32, 3200);
        using var receive = new ReceiveBatch(32, 256);
        using var poller = new Poller();
        poller.Add(b.Descriptor, 1);
        var events = new PollEvent[4];
        byte[] address = new byte[16];
        for (int round = 0; round < 200; round++) Round(); // the JIT's tiers
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            send.Clear();
            while (!send.IsFull) send.Add(100, loopback, b.LocalPort, 0, loopback, 1);
            for (int from = 0; from < send.Count;) from += a.Send(send, from, out _);
            for (int got = 0; got < send.Count;)
            {
                if (poller.Wait(events, TimeSpan.FromSeconds(5)) == 0) throw new TimeoutException();
                int count = b.Receive(receive);
                got += count;
                for (int i = 0; i < count; i++)
                {
                    receive.GetSource(i, address, out _, out _, out _);
                    receive.GetLocal(i, address, out _, out _);
                }
            }
        }
    }

    [Fact]
    [Trait("Category", "Root")]
    public void A_mark_and_large_buffers_are_set_and_packets_carry_no_DF() => Fresh.Network(() =>
    {
        using UdpSocket marked = UdpSocket.Bind(false, Loopback4, 0, 0x1234, false);
        Fresh.Shell("ip rule add fwmark 0x77 unreachable; ip route flush cache");
        using var send = new SendBatch(1, 100);
        send.Add(1, [127, 0, 0, 1], marked.LocalPort, 0, [], 0);
        Assert.Equal(1, marked.Send(send, 0, out Errno error));
        send.Clear();
        Fresh.Shell("ip addr add 10.9.9.1/24 dev lo");
        marked.SetMark(0x77);
        send.Add(1, [10, 9, 8, 1], 9, 0, [], 0);
        Assert.Equal(0, marked.Send(send, 0, out error));
        Assert.Equal(Errno.ENETUNREACH, error);
        Assert.True(SendError.ConcernsOneDatagram(error));
        marked.SetMark(0);
        string sockets = Fresh.Shell("ss -unlmp");
        Assert.Contains($"rb{2 * UdpSocket.BufferSize}", sockets, StringComparison.Ordinal);
        Assert.Contains($"tb{2 * UdpSocket.BufferSize}", sockets, StringComparison.Ordinal);
    });

    [Fact]
    [Trait("Category", "Root")]
    public void A_datagram_larger_than_the_path_is_fragmented_not_refused() => Fresh.Network(() =>
    {
        Fresh.Shell("ip link set lo mtu 1280");
        using UdpSocket a = UdpSocket.Bind(false, Loopback4, 0, 0, false);
        using var send = new SendBatch(1, 1500);
        using var receive = new ReceiveBatch(1, 1500);
        send.Add(1452, Loopback4, a.LocalPort, 0, [], 0);
        SendAll(a, send);
        ReceiveAll(a, receive, 1, i => Assert.Equal(1452, receive.Datagram(i).Length));
        Assert.Contains("FragCreates", Fresh.Shell("cat /proc/net/snmp"), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Joined_datagrams_arrive_whole_in_order_and_coalesced_where_the_kernel_does_it(bool ipv6)
    {
        byte[] loopback = ipv6 ? Loopback6 : Loopback4;
        using UdpSocket a = UdpSocket.Bind(ipv6, [], 0, 0, false, UdpOffloads.All);
        using UdpSocket b = UdpSocket.Bind(ipv6, loopback, 0, 0, false, UdpOffloads.All);
        Assert.Equal(UdpOffloads.All, a.Offloads);
        using var send = new SendBatch(4, 1 << 16);
        using var receive = new ReceiveBatch(4, 1 << 16);
        foreach (int length in new[] { 1000, 1000, 1000, 7, 1000 })
        {
            send.Space[..length].Fill((byte)send.Used);
            if (send.MayJoin(length)) send.Join(length);
            else send.Add(length, loopback, b.LocalPort, 0, loopback, 1);
        }

        // The short one ends its message.
        Assert.Equal(2, send.Count);
        Assert.Equal((4, 1000, 3007), (send.Segments(0), send.SegmentSize(0), send.Length(0)));
        Assert.Equal((1, 1000, 1000), (send.Segments(1), send.SegmentSize(1), send.Length(1)));
        SendAll(a, send);
        Assert.True(send.HasLocal(0) && send.HasLocal(1));
        var lengths = new System.Collections.Generic.List<int>();
        using var poller = new Poller();
        poller.Add(b.Descriptor, 1);
        while (System.Linq.Enumerable.Sum(lengths) < 4007)
        {
            Assert.Equal(1, poller.Wait(new PollEvent[1], TimeSpan.FromSeconds(5)));
            int count = b.Receive(receive);
            for (int i = 0; i < count; i++)
            {
                for (int at = 0; at < receive.Length(i); at += receive.SegmentSize(i))
                    lengths.Add(Math.Min(receive.SegmentSize(i), receive.Length(i) - at));
                byte[] address = new byte[16];
                receive.GetLocal(i, address, out int length, out _);
                Assert.Equal(loopback, address[..length]);
            }
        }

        Assert.Equal([1000, 1000, 1000, 7, 1000], lengths);
    }

    [Fact]
    public void A_refused_message_can_be_sent_in_its_datagrams()
    {
        using UdpSocket a = UdpSocket.Bind(false, [], 0, 0, false, UdpOffloads.All);
        using UdpSocket b = UdpSocket.Bind(false, Loopback4, 0, 0, false);
        using var send = new SendBatch(1, 1000);
        using var receive = new ReceiveBatch(4, 100);
        send.Add(10, Loopback4, b.LocalPort, 0, Loopback4, 1);
        send.Join(10);
        send.Join(4);
        a.SendFaults = new FaultPlan();
        a.SendFaults.Add(Errno.EIO, Errno.None, Errno.ENOBUFS);
        Assert.Equal(0, a.Send(send, 0, out Errno error));
        Assert.True(SendError.RefusesSegmentation(error) && SendError.MayPassSplit(error));
        a.GiveUpSegmentation();
        Assert.Equal(UdpOffloads.Receive, a.Offloads);
        Assert.Equal(3, a.SendSplit(send, 0, 0, out error));
        Assert.Equal(0, a.SendSplit(send, 0, 1, out error));
        Assert.Equal(Errno.ENOBUFS, error);
        Assert.Equal(2, a.SendSplit(send, 0, 1, out error));
        int[] expected = [10, 10, 4, 10, 4];
        int index = 0;
        ReceiveAll(b, receive, 5, i => Assert.Equal(expected[index++], receive.Datagram(i).Length));
    }

    [Fact]
    [Trait("Category", "Root")]
    public void Segments_too_large_for_the_way_are_refused_together_and_pass_alone() => Fresh.Network(() =>
    {
        Fresh.Shell("ip link set lo mtu 1280");
        using UdpSocket a = UdpSocket.Bind(false, Loopback4, 0, 0, false, UdpOffloads.All);
        using var send = new SendBatch(1, 4000);
        using var receive = new ReceiveBatch(2, 1500);
        send.Add(1452, Loopback4, a.LocalPort, 0, [], 0);
        send.Join(1452);
        Assert.Equal(0, a.Send(send, 0, out Errno error));
        Assert.True(SendError.MayPassSplit(error), error.ToString());
        Assert.False(SendError.RefusesSegmentation(error));
        Assert.Equal(2, a.SendSplit(send, 0, 0, out error));
    });

    [Theory]
    [InlineData(UdpOffloads.All, UdpOffloads.None)]
    [InlineData(UdpOffloads.Receive, UdpOffloads.Segmentation)]
    [InlineData(UdpOffloads.Segmentation, UdpOffloads.Receive)]
    public void A_refused_offload_is_done_without(UdpOffloads refused, UdpOffloads left)
    {
        UdpSocket.Refused = refused;
        try
        {
            using UdpSocket socket = UdpSocket.Bind(false, [], 0, 0, false, UdpOffloads.All);
            Assert.Equal(left, socket.Offloads);
        }
        finally
        {
            UdpSocket.Refused = UdpOffloads.None;
        }
    }

    private static void SendAll(UdpSocket socket, SendBatch batch)
    {
        for (int from = 0; from < batch.Count;)
        {
            from += socket.Send(batch, from, out Errno error);
            Assert.Equal(Errno.None, error);
        }
    }

    private static void ReceiveAll(UdpSocket socket, ReceiveBatch batch, int expected, Action<int> check)
    {
        using var poller = new Poller();
        poller.Add(socket.Descriptor, 7);
        var events = new PollEvent[1];
        int got = 0;
        while (got < expected)
        {
            Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(5)));
            Assert.Equal(new PollEvent(7, true, false, false), events[0]);
            int count = socket.Receive(batch);
            for (int i = 0; i < count; i++) check(i);
            got += count;
        }

        Assert.Equal(expected, got);
    }
}
