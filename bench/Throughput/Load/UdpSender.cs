using System;
using System.Buffers.Binary;
using System.Net;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Udp;

namespace Warren.Bench.Throughput.Load;

/// <summary>Sends one flow of datagrams of one size at a rate, as a program with many small packets does: a message a datagram, in batches,
/// without segmentation offload. Each begins with its sequence number, 8 bytes, big-endian.</summary>
/// <remarks>One thread; it sleeps between bursts, so that at low rates it leaves the processors to what is measured.</remarks>
internal static class UdpSender
{
    /// <summary>Bytes of a sequence number: the least payload.</summary>
    public const int SequenceSize = sizeof(ulong);

    private const int Batch = 32;

    /// <summary>Sends for <paramref name="duration"/>.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="payloadBytes">UDP payload, 8 or more.</param>
    /// <param name="perSecond">Datagrams a second; infinity: as fast as it goes.</param>
    /// <param name="duration">How long.</param>
    /// <exception cref="LinuxException">The socket is unusable.</exception>
    public static UdpSent Send(IPEndPoint destination, int payloadBytes, double perSecond, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(payloadBytes, SequenceSize);
        var address = destination.Address.GetAddressBytes();
        using var socket = UdpSocket.Bind(address.Length == 16, default, 0, 0, reusePort: false);
        using var batch = new SendBatch(Batch, Batch * payloadBytes);
        while (!batch.IsFull) batch.Add(payloadBytes, address, (ushort)destination.Port, 0, default, 0);
        using var poller = new Poller();
        poller.Add(socket.Descriptor, 0, read: false, write: false);

        long sequence = 0, refused = 0;
        var begin = MonotonicClock.Ticks;
        var end = begin + duration.Ticks;
        var pace = new Pace(perSecond, Batch, begin);
        long now;
        while ((now = MonotonicClock.Ticks) < end)
        {
            var count = pace.Take(now);
            if (count > 0)
            {
                Number(batch, payloadBytes, count, sequence);
                sequence += count;
                refused += SendLast(socket, batch, count, poller);
            }
            else if (pace.Wait(now) is > 0 and var wait)
            {
                Sleep(poller, wait);
            }
        }

        return new UdpSent(sequence, refused, (now - begin) / (double)TimeSpan.TicksPerSecond);
    }

    // The last `count` datagrams of the batch carry the burst: all stay as they were added, but for their numbers.
    private static void Number(SendBatch batch, int payloadBytes, int count, long sequence)
    {
        var buffer = batch.Buffer.Span;
        for (var i = 0; i < count; i++)
            BinaryPrimitives.WriteInt64BigEndian(buffer[((Batch - count + i) * payloadBytes)..], sequence + i);
    }

    private static long SendLast(UdpSocket socket, SendBatch batch, int count, Poller poller)
    {
        long refused = 0;
        for (var from = Batch - count; from < Batch;)
        {
            from += socket.Send(batch, from, out var error);
            if (error == Errno.None) continue;
            if (error == Errno.EAGAIN)
            {
                WaitWritable(socket, poller);
                continue;
            }

            if (!SendError.ConcernsOneDatagram(error)) throw new LinuxException(error, "send to a UDP socket");
            refused++;
            from++;
        }

        return refused;
    }

    private static void WaitWritable(UdpSocket socket, Poller poller)
    {
        Span<PollEvent> events = stackalloc PollEvent[1];
        poller.Modify(socket.Descriptor, 0, read: false, write: true);
        poller.Wait(events, TimeSpan.FromMilliseconds(10));
        poller.Modify(socket.Descriptor, 0, read: false, write: false);
    }

    private static void Sleep(Poller poller, long ticks)
    {
        Span<PollEvent> events = stackalloc PollEvent[1];
        poller.Wait(events, TimeSpan.FromTicks(ticks));
    }
}
