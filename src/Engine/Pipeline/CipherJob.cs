using System;
using System.Threading;
using Warren.Linux.Memory;
using Warren.Protocol.Crypto;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Pipeline;

/// <summary>
/// A batch of one worker that is being sealed or opened, in slices that any worker may take. The owner takes slices like everybody else and
/// waits for the last of those that others took: so one flow uses several processors, its packets keep their order, and only
/// the owner touches tunnels, sockets and the TUN.
/// </summary>
/// <remarks>
/// <see cref="Run"/> is the owner's, <see cref="TryHelp"/> any other worker's. What a slice is made of stays in place until the last slice is
/// done, and the owner holds the keypair's lease as long.
/// </remarks>
internal sealed class CipherJob
{
    /// <summary>Packets of a slice: some fifteen microseconds of large ones, many times what taking one costs.</summary>
    public const int SliceSize = 32;

    // Which job (32 bits), how many slices it has (16), how many of them are taken (16): one word, so that a slice is taken of the job that was
    // looked at or not at all.
    private long _ticket;
    private int _done;

    private Keypair _keypair = null!;
    private NativeBuffer? _source;
    private NativeBuffer _buffer = null!;
    private AeadPacket[] _packets = [];
    private int _count;

    /// <summary>Whether there is a slice to take. Any thread.</summary>
    public bool HasSlice => IsOpen(Volatile.Read(ref _ticket));

    /// <summary>Slices that others took, in all. Any thread.</summary>
    public long Helped => Volatile.Read(ref _helped);

    private long _helped;

    /// <summary>Seals or opens a batch under the caller's lease; returns when all of it is done.</summary>
    /// <param name="keypair">The key.</param>
    /// <param name="source">Sealing: where texts are. Null: opens, in place.</param>
    /// <param name="buffer">Where sealed texts go, or are.</param>
    /// <param name="packets">The first <paramref name="count"/> are meant.</param>
    /// <param name="count">How many.</param>
    public void Run(Keypair keypair, NativeBuffer? source, NativeBuffer buffer, AeadPacket[] packets, int count)
    {
        (_keypair, _source, _buffer, _packets, _count) = (keypair, source, buffer, packets, count);
        var slices = (count + SliceSize - 1) / SliceSize;
        Volatile.Write(ref _done, 0);
        Volatile.Write(ref _ticket, ((_ticket >> 32) + 1) << 32 | (long)slices << 16);
        while (TryTake(out var slice))
            Process(slice);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _done) < slices)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Takes slices until there are none; false when there was none.</summary>
    public bool TryHelp()
    {
        var helped = false;
        while (TryTake(out var slice))
        {
            Process(slice);
            Interlocked.Increment(ref _helped);
            helped = true;
        }

        return helped;
    }

    private static bool IsOpen(long ticket) => (ushort)ticket < (ushort)(ticket >> 16);

    private bool TryTake(out int slice)
    {
        var ticket = Volatile.Read(ref _ticket);
        while (IsOpen(ticket))
        {
            var seen = Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket);
            if (seen == ticket)
            {
                slice = (ushort)ticket;
                return true;
            }

            ticket = seen;
        }

        slice = 0;
        return false;
    }

    // The job cannot end while a slice is taken and not done: its fields are its own until then.
    private void Process(int slice)
    {
        try
        {
            var first = slice * SliceSize;
            var packets = _packets.AsSpan(first, Math.Min(SliceSize, _count - first));
            if (_source is { } source)
                _keypair.SealBatch(source.Span, _buffer.Span, packets);
            else
                _keypair.OpenBatch(_buffer.Span, packets);
        }
        finally
        {
            Interlocked.Increment(ref _done);
        }
    }
}
