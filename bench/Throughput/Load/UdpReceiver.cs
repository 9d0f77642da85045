using System;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading;
using Warren.Linux.Events;
using Warren.Linux.Udp;

namespace Warren.Bench.Throughput.Load;

/// <summary>Receives the flow of a <see cref="UdpSender"/> and counts it.</summary>
/// <remarks>It looks for datagrams every millisecond instead of being woken by each: the socket holds several thousand, and the
/// processors are left to what is measured.</remarks>
internal sealed class UdpReceiver : IDisposable
{
    private const int Batch = 128;
    private const int SlotBytes = 2048;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    // What queues on the way still hold when the sender has ended comes within less.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly UdpSocket _socket;
    private readonly ReceiveBatch _batch = new(Batch, SlotBytes);

    public UdpReceiver(AddressFamily family, ushort port) =>
        _socket = UdpSocket.Bind(family == AddressFamily.InterNetworkV6, default, port, 0, reusePort: false);

    /// <summary>Counts until <paramref name="sent"/> is cancelled and nothing has arrived for 200 ms.</summary>
    public UdpReceived Receive(int payloadBytes, CancellationToken sent)
    {
        var flow = new SequenceCounter();
        long foreign = 0, first = 0, last = MonotonicClock.Ticks;
        while (true)
        {
            var count = _socket.Receive(_batch);
            var now = MonotonicClock.Ticks;
            if (count == 0)
            {
                if (sent.IsCancellationRequested && now - last > Quiet.Ticks) break;
                Thread.Sleep(Pause);
                continue;
            }

            if (flow.Received == 0) first = now;
            last = now;
            for (var i = 0; i < count; i++)
            {
                if (_batch.Length(i) == payloadBytes) flow.Add(BinaryPrimitives.ReadUInt64BigEndian(_batch.Datagram(i)));
                else foreign++;
            }
        }

        var seconds = flow.Received == 0 ? 0 : (last - first) / (double)TimeSpan.TicksPerSecond;
        return new UdpReceived(flow.Received, flow.Reordered, foreign, seconds);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _batch.Dispose();
    }
}
