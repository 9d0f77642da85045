using System;
using System.Linq;
using System.Threading;
using Warren.Engine.Pipeline;
using Warren.Linux.Memory;
using Warren.Protocol.Crypto;
using Warren.Testing;

namespace Warren.Engine.Tests.Pipeline;

/// <summary>Batches shared by several threads come out as one thread makes them.</summary>
public class CipherJobTests
{
    private const int Packets = 256;
    private const int Stride = 256;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_packet_is_sealed_and_opened_once_however_many_help(int helpers)
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var sender, out _));
        Assert.True(pair.B.Indices.TryGetKeypair(sender.RemoteIndex, out var receiver) && receiver.TryAcquire());
        using var source = new NativeBuffer(Packets * Stride);
        using var buffer = new NativeBuffer(Packets * Stride);
        var job = new CipherJob();
        var stop = false;
        var threads = Enumerable.Range(0, helpers).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
                job.TryHelp();
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        try
        {
            var random = new Random(helpers);
            for (var round = 0; round < 300; round++)
            {
                var count = random.Next(1, Packets + 1);
                random.NextBytes(source.Span);
                var packets = new AeadPacket[Packets];
                for (var i = 0; i < count; i++)
                {
                    var length = random.Next(0, 200);
                    packets[i] = new AeadPacket
                    {
                        Counter = (ulong)((round * Packets) + i), Source = i * Stride, Destination = (i * Stride) + 16, Length = length, PaddedLength = length,
                    };
                }

                job.Run(sender, source, buffer, packets, count);
                Assert.False(job.HasSlice);
                job.Run(receiver, null, buffer, packets, count);
                for (var i = 0; i < count; i++)
                {
                    Assert.True(packets[i].IsAuthentic);
                    Assert.True(source.Span.Slice(i * Stride, packets[i].Length).SequenceEqual(buffer.Span.Slice((i * Stride) + 16, packets[i].Length)));
                }
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            Array.ForEach(threads, thread => thread.Join());
            sender.Release();
            receiver.Release();
        }
    }
}
