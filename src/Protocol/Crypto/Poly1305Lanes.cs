using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>Poly1305 of several packets side by side: a lane is a packet, so no powers beyond r^4 and no sums over lanes.</summary>
/// <remarks>
/// A message is its blocks and the block of lengths (RFC 8439 2.8, without associated data), taken four blocks at a time and
/// aligned at its end: blocks that are missing before its first, or the whole steps that a longer neighbour begins
/// earlier, are zeros without the high bit, which leave the accumulator at zero. So lanes of all lengths end together.
/// </remarks>
internal static class Poly1305Lanes
{
    /// <summary>Bytes of each lane per step.</summary>
    public const int Chunk = BlocksPerStep * Poly1305.TagSize;

    /// <summary>How many bytes it works in; all of them are secret.</summary>
    public const int ScratchSize = StateRows * MaxLanes * sizeof(ulong) + MaxLanes * Chunk;

    /// <summary>Rows of a state: the accumulator's five limbs, the high bits of four blocks, and per power of r its limbs and five times
    /// the upper four. A row has a word per lane.</summary>
    internal const int Limbs = 5;
    internal const int HighBits = Limbs;
    internal const int Powers = HighBits + BlocksPerStep;
    internal const int PowerRows = 2 * Limbs - 1;
    internal const int StateRows = Powers + BlocksPerStep * PowerRows;
    internal const int BlocksPerStep = 4;
    internal const ulong Mask = (1ul << 26) - 1;

    private const int MaxLanes = Poly1305Lanes512.Lanes;
    private const int MaxGroup = ChaCha20Vector512.Lanes;
    private const ulong HighBit = 1ul << 24;

    /// <summary>From this length on it pays to cut packets for lanes that would stay idle, unless
    /// <see cref="Poly1305Vector256"/> has a packet to itself.</summary>
    private const int WorthSegments = 1024;

    /// <summary>Writes the tag of every packet's sealed text, 16 bytes each in the packets' order.</summary>
    /// <param name="keys">The packets' one-time keys, 32 bytes each.</param>
    /// <param name="buffer">Holds the sealed texts.</param>
    /// <param name="packets">At most sixteen.</param>
    /// <param name="tags">16 bytes per packet.</param>
    /// <param name="scratch">What it works in.</param>
    /// <param name="width">How many lanes.</param>
    public static void Tags(
        ReadOnlySpan<byte> keys, ReadOnlySpan<byte> buffer, ReadOnlySpan<AeadPacket> packets, Span<byte> tags,
        Span<byte> scratch, VectorWidth width)
    {
        Span<int> order = stackalloc int[MaxGroup];
        order = order[..packets.Length];
        Sort(order, packets);
        while (!order.IsEmpty)
        {
            var count = Math.Min(order.Length, Lanes(width));
            var segments = Segments(packets[order[0]].PaddedLength, count, width);
            if (segments > 0)
            {
                SideBySide(keys, buffer, packets, order[..count], segments, tags, scratch, width);
            }
            else
            {
                foreach (var index in order[..count])
                    Tag(keys[(index * Poly1305.KeySize)..], buffer, packets[index], tags[(index * Poly1305.TagSize)..], width);
            }

            order = order[count..];
        }
    }

    private static int Lanes(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => Poly1305Lanes512.Lanes,
        VectorWidth.Vector256 => Poly1305Lanes256.Lanes,
        _ => Poly1305Lanes128.Lanes,
    };

    /// <summary>
    /// In how many segments packets are best cut for all lanes to be busy, 1 when there are enough packets; 0 when one
    /// packet after the other is cheaper.
    /// </summary>
    /// <param name="length">Of the longest packet.</param>
    /// <param name="count">How many packets, no more than lanes.</param>
    /// <param name="width">How many lanes.</param>
    private static int Segments(int length, int count, VectorWidth width)
    {
        if (width == VectorWidth.Scalar)
            return 0;
        var segments = (int)BitOperations.RoundUpToPowerOf2((uint)(Lanes(width) / count + 1)) / 2;
        if (segments > 1 && length >= WorthSegments && width != VectorWidth.Vector256)
            return segments;
        return count > Lanes(width) / 4 + 1 ? 1 : 0;
    }

    /// <summary>Longest first, so that lanes side by side are of like lengths.</summary>
    private static void Sort(Span<int> order, ReadOnlySpan<AeadPacket> packets)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var at = i;
            for (; at > 0 && packets[order[at - 1]].PaddedLength < packets[i].PaddedLength; at--)
                order[at] = order[at - 1];
            order[at] = i;
        }
    }

    /// <summary>One packet by itself.</summary>
    private static void Tag(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> buffer, in AeadPacket packet, Span<byte> tag, VectorWidth width)
    {
        var poly = new Poly1305(key, width);
        poly.UpdatePadded(buffer.Slice(packet.Destination, packet.PaddedLength));
        poly.UpdateLengths(0, packet.PaddedLength);
        poly.Finish(tag);
        poly.Clear();
    }

    /// <summary>Packets or segments of packets, as many as there are lanes or fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SideBySide(
        ReadOnlySpan<byte> keys, ReadOnlySpan<byte> buffer, ReadOnlySpan<AeadPacket> packets, ReadOnlySpan<int> order,
        int segments, Span<byte> tags, Span<byte> scratch, VectorWidth width)
    {
        var lanes = Lanes(width);
        var used = order.Length * segments;
        var state = MemoryMarshal.Cast<byte, ulong>(scratch[..(StateRows * lanes * sizeof(ulong))]);
        var chunks = scratch.Slice(StateRows * MaxLanes * sizeof(ulong), lanes * Chunk);
        Span<int> chunkOffsets = [0, Chunk, 2 * Chunk, 3 * Chunk, 4 * Chunk, 5 * Chunk, 6 * Chunk, 7 * Chunk];
        Span<int> offsets = stackalloc int[MaxLanes];
        Span<int> begins = stackalloc int[MaxLanes];

        // The longest begins at once. From firstWhole on each lane has whole steps; the last one ends with the lengths.
        var shift = BitOperations.Log2((uint)segments);
        var steps = (Steps(packets[order[0]].PaddedLength) + segments - 1) >> shift;
        var firstWhole = 0;
        state[..(2 * lanes)].Clear();
        for (var lane = 0; lane < used; lane++)
        {
            var index = order[lane >> shift];
            var key = keys.Slice(index * Poly1305.KeySize, Poly1305.KeySize);
            state[lane] = BinaryPrimitives.ReadUInt64LittleEndian(key);
            state[lanes + lane] = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
            begins[lane] = Blocks(packets[index].PaddedLength) - (segments - (lane & (segments - 1))) * steps * BlocksPerStep;
            firstWhole = Math.Max(firstWhole, (BlocksPerStep - 1 - begins[lane]) / BlocksPerStep);
        }

        Start(state, width);
        for (var step = 0; step < steps; step++)
        {
            if (step >= firstWhole && step < steps - 1)
            {
                // A lane without a packet reads what the first reads; its r is zero.
                offsets.Fill(packets[order[0]].Destination + (begins[0] + step * BlocksPerStep) * Poly1305.TagSize);
                for (var lane = 1; lane < used; lane++)
                    offsets[lane] = packets[order[lane >> shift]].Destination +
                        (begins[lane] + step * BlocksPerStep) * Poly1305.TagSize;
                state.Slice(HighBits * lanes, BlocksPerStep * lanes).Fill(HighBit);
                Run(buffer, offsets, steps - 1 - step, state, width);
                step = steps - 1;
            }

            for (var lane = 0; lane < used; lane++)
            {
                ref readonly var packet = ref packets[order[lane >> shift]];
                Gather(buffer, packet.Destination, packet.PaddedLength, begins[lane] + step * BlocksPerStep,
                    chunks.Slice(lane * Chunk, Chunk), state.Slice(HighBits * lanes + lane, (BlocksPerStep - 1) * lanes + 1), lanes);
            }

            Run(chunks, chunkOffsets, 1, state, width);
        }

        if (segments > 1)
            JoinSegments(state, steps, segments, width);
        for (var i = 0; i < order.Length; i++)
        {
            var pad = keys.Slice(order[i] * Poly1305.KeySize + 16, 16);
            if (segments > 1)
                AddSegments(state, lanes, i, segments);
            state[HighBits * lanes + i] = BinaryPrimitives.ReadUInt64LittleEndian(pad);
            state[(HighBits + 1) * lanes + i] = BinaryPrimitives.ReadUInt64LittleEndian(pad[8..]);
        }

        Finish(state, width);
        for (var i = 0; i < order.Length; i++)
        {
            var tag = tags.Slice(order[i] * Poly1305.TagSize, Poly1305.TagSize);
            BinaryPrimitives.WriteUInt64LittleEndian(tag, state[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], state[lanes + i]);
        }
    }

    /// <summary>Puts the sum of a packet's accumulators into the lane of its number, at or before its first.</summary>
    private static void AddSegments(Span<ulong> state, int lanes, int packet, int segments)
    {
        for (var limb = 0; limb < Limbs; limb++)
        {
            var row = state.Slice(limb * lanes, lanes);
            var sum = 0ul;
            foreach (var part in row.Slice(packet * segments, segments))
                sum += part;
            row[packet] = sum;
        }
    }

    /// <summary>How many blocks a message has, that of the lengths included.</summary>
    private static int Blocks(int length) => (int)(((uint)length + 2 * Poly1305.TagSize - 1) / Poly1305.TagSize);

    private static int Steps(int length) => (int)((uint)(Blocks(length) + BlocksPerStep - 1) / BlocksPerStep);

    /// <summary>Copies four blocks of a message, or what it has of them, with zeros around, and says which have a high bit.</summary>
    /// <param name="buffer">Has the sealed text, and 16 bytes after it.</param>
    /// <param name="start">Where in the buffer the text begins.</param>
    /// <param name="length">The text's length.</param>
    /// <param name="first">The first of the four; negative ones have neither text nor high bit.</param>
    /// <param name="chunk">64 bytes.</param>
    /// <param name="highBits">The lane's, one every so many words.</param>
    /// <param name="lanes">How many lanes, which is how many words.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(
        ReadOnlySpan<byte> buffer, int start, int length, int first, Span<byte> chunk, Span<ulong> highBits, int lanes)
    {
        highBits[0] = first < 0 ? 0 : HighBit;
        highBits[lanes] = first < -1 ? 0 : HighBit;
        highBits[2 * lanes] = first < -2 ? 0 : HighBit;
        highBits[3 * lanes] = first < -3 ? 0 : HighBit;
        var from = first * Poly1305.TagSize;
        if (Vector512.IsHardwareAccelerated && first > -BlocksPerStep && start + from >= 0 && start + from + Chunk <= buffer.Length)
        {
            var text = Vector512.Create(buffer[(start + from)..]);
            text &= Vector512.GreaterThanOrEqual(Vector512<byte>.Indices, Vector512.Create((byte)Math.Max(-from, 0)));
            text &= Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)Math.Min(length - from, Chunk)));
            if (from + Chunk > length)
                text |= Vector512.Create(0, 0, 0, 0, 0, 0, 0, (ulong)length).AsByte();
            text.CopyTo(chunk);
            return;
        }

        chunk.Clear();
        var begin = Math.Max(from, 0);
        var end = Math.Min(from + Chunk, length);
        if (begin < end)
            buffer[(start + begin)..(start + end)].CopyTo(chunk[(begin - from)..]);
        if (from + Chunk > length)
            BinaryPrimitives.WriteUInt64LittleEndian(chunk[(Chunk - sizeof(ulong))..], (ulong)length);
    }

    private static void Start(Span<ulong> state, VectorWidth width)
    {
        if (width == VectorWidth.Vector512)
            Poly1305Lanes512.Start(state);
        else if (width == VectorWidth.Vector256)
            Poly1305Lanes256.Start(state);
        else
            Poly1305Lanes128.Start(state);
    }

    private static void JoinSegments(Span<ulong> state, int steps, int segments, VectorWidth width)
    {
        if (width == VectorWidth.Vector512)
            Poly1305Lanes512.JoinSegments(state, steps, segments);
        else if (width == VectorWidth.Vector256)
            Poly1305Lanes256.JoinSegments(state, steps, segments);
        else
            Poly1305Lanes128.JoinSegments(state, steps, segments);
    }

    private static void Finish(Span<ulong> state, VectorWidth width)
    {
        if (width == VectorWidth.Vector512)
            Poly1305Lanes512.Finish(state);
        else if (width == VectorWidth.Vector256)
            Poly1305Lanes256.Finish(state);
        else
            Poly1305Lanes128.Finish(state);
    }

    private static void Run(
        ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, int steps, Span<ulong> state, VectorWidth width)
    {
        if (width == VectorWidth.Vector512)
            Poly1305Lanes512.Run(text, offsets, steps, state);
        else if (width == VectorWidth.Vector256)
            Poly1305Lanes256.Run(text, offsets, steps, state);
        else
            Poly1305Lanes128.Run(text, offsets, steps, state);
    }
}
