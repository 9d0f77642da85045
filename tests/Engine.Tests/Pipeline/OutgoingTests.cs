using System;
using System.Buffers.Binary;
using System.Linq;
using Warren.Engine.Pipeline;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Pipeline;

/// <summary>Whatever the kernel answers, each datagram arrives once and in order, or is counted.</summary>
public sealed class OutgoingTests : IDisposable
{
    private readonly Random _random = new(20261127);
    private readonly WorkerDrops _drops = new();
    private readonly Outgoing _outgoing;
    private readonly ReceiveBatch _received = new(64, 65536);

    public OutgoingTests() => _outgoing = new Outgoing(_drops);

    private ulong Dropped => _drops.ToArray().FirstOrDefault(static drop => drop.Reason == DropReason.SendFailed).Count;

    public void Dispose()
    {
        _outgoing.Dispose();
        _received.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Refusals_of_any_kind_lose_only_what_is_counted(bool ipv6, bool withLocal)
    {
        Errno[] kinds = [Errno.EIO, Errno.EINVAL, Errno.EMSGSIZE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EAGAIN, Errno.ENETUNREACH, Errno.EADDRNOTAVAIL];
        using var receiver = Bind(ipv6, UdpOffloads.None);
        UdpSocket? sender = null;
        for (var round = 0; round < 300; round++)
        {
            if (round % 5 == 0)
                sender = Replace(sender, ipv6);
            sender!.SendFaults = new FaultPlan();
            var refusals = 0;
            for (var i = _random.Next(20); i > 0; i--)
            {
                var isRefusal = _random.Next(2) == 0;
                refusals += isRefusal ? 1 : 0;
                sender.SendFaults.Add(isRefusal ? kinds[_random.Next(kinds.Length)] : Errno.None);
            }

            var before = Dropped;
            var sizes = Place(receiver, ipv6, withLocal);
            _outgoing.Flush();
            var dropped = (int)(Dropped - before);
            Assert.InRange(dropped, 0, withLocal ? refusals : 64 * refusals);
            ReceiveInOrder(receiver, sizes, sizes.Length - dropped);
        }

        sender!.Dispose();
    }

    [Fact]
    public void EIO_gives_segmentation_up_and_loses_nothing()
    {
        using var receiver = Bind(false, UdpOffloads.None);
        using var sender = Replace(null, false);
        sender.SendFaults = new FaultPlan();
        sender.SendFaults.Add(Errno.EIO);
        PlaceEqual(receiver, 10, 1000);
        _outgoing.Flush();
        Assert.Equal(UdpOffloads.Receive, sender.Offloads);
        ReceiveInOrder(receiver, [.. Enumerable.Repeat(1000, 10)], 10);

        // Each by itself from now on: one refusal is one datagram.
        PlaceEqual(receiver, 10, 1000);
        sender.SendFaults.Add(Errno.ENOBUFS);
        _outgoing.Flush();
        ReceiveInOrder(receiver, [.. Enumerable.Repeat(1000, 10)], 9);
        Assert.Equal(1UL, Dropped);
    }

    [Theory]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.EMSGSIZE)]
    public void A_size_that_was_refused_is_not_joined_for_a_while_and_smaller_ones_are(Errno error)
    {
        using var receiver = Bind(false, UdpOffloads.None);
        using var sender = Replace(null, false);
        sender.SendFaults = new FaultPlan();
        sender.SendFaults.Add(error);
        Assert.Equal(1, Messages(receiver, 1000)); // Split after it was refused.
        Assert.Equal(4, Messages(receiver, 1000));
        Assert.Equal(4, Messages(receiver, 1001));
        Assert.Equal(1, Messages(receiver, 999));
        for (var flush = 0; flush < 4096; flush++)
        {
            PlaceEqual(receiver, 1, 4);
            _outgoing.Flush();
            ReceiveInOrder(receiver, [4], 1);
        }

        Assert.Equal(1, Messages(receiver, 1000));
        Assert.Equal(UdpOffloads.All, sender.Offloads);
        Assert.Equal(0UL, Dropped);
    }

    [Fact]
    public void A_lost_local_address_says_nothing_about_sizes()
    {
        using var receiver = Bind(false, UdpOffloads.None);
        using var sender = Replace(null, false);
        sender.SendFaults = new FaultPlan();

        // Before Linux 6.18 the answer to an address that is not ours, for each datagram as for all.
        sender.SendFaults.Add(Errno.EINVAL, Errno.EINVAL);
        _outgoing.Aim(null, To(receiver, withLocal: true));
        foreach (var _ in Enumerable.Range(0, 3))
            Write(1000, 0);
        _outgoing.Flush();
        ReceiveInOrder(receiver, [1000, 1000, 1000], 3, isNumbered: false);
        Assert.Equal(1, Messages(receiver, 1000));
        Assert.Equal(0UL, Dropped);
    }

    [Fact]
    public void A_message_of_nobody_that_is_refused_counts_each_of_its_datagrams()
    {
        using var receiver = Bind(false, UdpOffloads.None);
        using var sender = Replace(null, false);
        sender.SendFaults = new FaultPlan();
        sender.SendFaults.Add(Errno.EPERM); // A firewall: sent apart they would be refused, too.
        PlaceEqual(receiver, 7, 500);
        _outgoing.Flush();
        Assert.Equal(7UL, Dropped);
    }

    private static UdpSocket Bind(bool ipv6, UdpOffloads offloads) => UdpSocket.Bind(ipv6, Loopback(ipv6), 0, 0, false, offloads);

    private static byte[] Loopback(bool ipv6) => ipv6 ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] : [127, 0, 0, 1];

    private static Path To(UdpSocket receiver, bool withLocal)
    {
        var loopback = IpAddress.FromBytes(Loopback(receiver.IsIPv6));
        return new Path(new Endpoint(loopback, receiver.LocalPort), withLocal ? loopback : default);
    }

    private UdpSocket Replace(UdpSocket? old, bool ipv6)
    {
        old?.Dispose();
        var sender = Bind(ipv6, UdpOffloads.All);
        if (ipv6)
            _outgoing.Socket6 = sender;
        else
            _outgoing.Socket4 = sender;
        return sender;
    }

    // How many messages four datagrams of one size are gathered in.
    private int Messages(UdpSocket receiver, int size)
    {
        PlaceEqual(receiver, 4, size);
        var sender = _outgoing.Socket4!;
        var faults = sender.SendFaults!;
        var pending = faults.Pending;
        var messages = _outgoing.Gathered(false);
        _outgoing.Flush();
        Assert.Equal(0, faults.Pending);
        Assert.InRange(pending, 0, 1);
        ReceiveInOrder(receiver, [.. Enumerable.Repeat(size, 4)], 4);
        return messages;
    }

    private void PlaceEqual(UdpSocket receiver, int count, int size)
    {
        _outgoing.Aim(null, To(receiver, withLocal: false));
        for (var i = 0; i < count; i++)
            Write(size, i);
    }

    private int[] Place(UdpSocket receiver, bool ipv6, bool withLocal)
    {
        var sizes = new int[_random.Next(1, 100)];
        var size = _random.Next(4, 1000);
        for (var i = 0; i < sizes.Length; i++)
        {
            if (_random.Next(6) == 0)
                size = _random.Next(4, 1000);
            sizes[i] = size;
        }

        _outgoing.Aim(null, To(receiver, withLocal));
        for (var i = 0; i < sizes.Length; i++)
            Write(sizes[i], i, ipv6);
        return sizes;
    }

    private void Write(int size, int number, bool ipv6 = false)
    {
        var datagram = _outgoing.Memory(ipv6).Span.Slice(_outgoing.Place(size), size);
        datagram.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(datagram, number);
    }

    private void ReceiveInOrder(UdpSocket receiver, int[] sizes, int expected, bool isNumbered = true)
    {
        using var poller = new Poller();
        poller.Add(receiver.Descriptor, 1);
        var (count, last) = (0, -1);
        while (count < expected)
        {
            Assert.Equal(1, poller.Wait(new PollEvent[1], TimeSpan.FromSeconds(5)));
            var more = receiver.Receive(_received);
            for (var i = 0; i < more; i++, count++)
            {
                var number = isNumbered ? BinaryPrimitives.ReadInt32LittleEndian(_received.Datagram(i)) : count;
                Assert.True(number > last, $"{number} came after {last}");
                Assert.Equal(sizes[number], _received.Length(i));
                last = number;
            }
        }

        Assert.Equal(expected, count);
        Assert.Equal(0, receiver.Receive(_received));
    }
}
