using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

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

    /// <summary>Writes the tag of every packet's sealed text, 16 bytes each in the packets' order.</summary>
    /// <param name="keys">64 bytes per packet, of which the first 32 are its one-time key.</param>
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
        var lanes = Math.Min(packets.Length, Lanes(width));
        for (; !order.IsEmpty; order = order[lanes..])
        {
            lanes = Math.Min(order.Length, Lanes(width));
            if (lanes < Worth(width))
            {
                foreach (var index in order[..lanes])
                    Tag(keys[(index * ChaCha20.BlockSize)..], buffer, packets[index], tags[(index * Poly1305.TagSize)..], width);
            }
            else
            {
                Side(keys, buffer, packets, order[..lanes], tags, scratch, width);
            }
        }
    }

    private static int Lanes(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => Poly1305Lanes512.Lanes,
        VectorWidth.Vector256 => Poly1305Lanes256.Lanes,
        _ => Poly1305Lanes128.Lanes,
    };

    /// <summary>From how many packets on lanes of packets are cheaper than one packet after the other.</summary>
    private static int Worth(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => 4,
        VectorWidth.Vector256 => 3,
        VectorWidth.Vector128 => 2,
        _ => int.MaxValue,
    };

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

    private static void Side(
        ReadOnlySpan<byte> keys, ReadOnlySpan<byte> buffer, ReadOnlySpan<AeadPacket> packets, ReadOnlySpan<int> order,
        Span<byte> tags, Span<byte> scratch, VectorWidth width)
    {
        var lanes = Lanes(width);
        var state = MemoryMarshal.Cast<byte, ulong>(scratch[..(StateRows * lanes * sizeof(ulong))]);
        var chunks = scratch.Slice(StateRows * MaxLanes * sizeof(ulong), lanes * Chunk);
        Span<int> offsets = stackalloc int[MaxLanes];
        Span<int> chunkOffsets = stackalloc int[MaxLanes];

        // A lane without a packet reads what its neighbour reads; its r is zero.
        state[..(HighBits * lanes)].Clear();
        offsets.Fill(packets[order[0]].Destination);
        for (var lane = 0; lane < lanes; lane++)
            chunkOffsets[lane] = lane * Chunk;
        for (var lane = 0; lane < lanes; lane++)
        {
            var key = lane < order.Length ? keys.Slice(order[lane] * ChaCha20.BlockSize, ChaCha20.BlockSize) : default;
            SetKey(state[(Powers * lanes + lane)..], lanes, key);
        }

        RaisePowers(state, width);
        var steps = Steps(packets[order[0]]);
        var lastBegin = steps - Steps(packets[order[^1]]);
        for (var step = 0; step < steps; step++)
        {
            if (step > lastBegin && step < steps - 1)
            {
                for (var lane = 0; lane < order.Length; lane++)
                {
                    ref readonly var packet = ref packets[order[lane]];
                    offsets[lane] = packet.Destination + Poly1305.TagSize * FirstBlock(packet, steps, step);
                }

                state.Slice(HighBits * lanes, BlocksPerStep * lanes).Fill(HighBit);
                Run(buffer, offsets, steps - 1 - step, state, width);
                step = steps - 1;
            }

            for (var lane = 0; lane < order.Length; lane++)
            {
                ref readonly var packet = ref packets[order[lane]];
                Gather(buffer, packet, FirstBlock(packet, steps, step), chunks.Slice(lane * Chunk, Chunk),
                    state[(HighBits * lanes + lane)..], lanes);
            }

            Run(chunks, chunkOffsets, 1, state, width);
        }

        for (var lane = 0; lane < order.Length; lane++)
        {
            var index = order[lane];
            Finish(state[lane..], lanes, keys[(index * ChaCha20.BlockSize + 16)..], tags[(index * Poly1305.TagSize)..]);
        }
    }

    /// <summary>How many blocks a message has, that of the lengths included.</summary>
    private static int Blocks(in AeadPacket packet) => (int)(((uint)packet.PaddedLength + Poly1305.TagSize - 1) / Poly1305.TagSize) + 1;

    private static int Steps(in AeadPacket packet) => (Blocks(packet) + BlocksPerStep - 1) / BlocksPerStep;

    /// <summary>The block that a packet's lane begins a step with; negative for blocks before its first.</summary>
    private static int FirstBlock(in AeadPacket packet, int steps, int step) => Blocks(packet) - (steps - step) * BlocksPerStep;

    /// <summary>Copies four blocks of a message, or what it has of them, with zeros around.</summary>
    private static void Gather(
        ReadOnlySpan<byte> buffer, in AeadPacket packet, int first, Span<byte> chunk, Span<ulong> highBits, int lanes)
    {
        chunk.Clear();
        var lengths = Blocks(packet) - 1;
        for (var i = 0; i < BlocksPerStep; i++)
            highBits[i * lanes] = first + i < 0 ? 0 : HighBit;
        var begin = Math.Max(first, 0);
        var end = Math.Min(first + BlocksPerStep, lengths);
        if (begin < end)
        {
            var from = begin * Poly1305.TagSize;
            var to = Math.Min(end * Poly1305.TagSize, packet.PaddedLength);
            buffer.Slice(packet.Destination + from, to - from).CopyTo(chunk[((begin - first) * Poly1305.TagSize)..]);
        }

        if (first + BlocksPerStep > lengths)
            BinaryPrimitives.WriteUInt64LittleEndian(chunk[(Chunk - sizeof(ulong))..], (uint)packet.PaddedLength);
    }

    /// <summary>Puts r, clamped, into a lane of the first power.</summary>
    private static void SetKey(Span<ulong> power, int lanes, ReadOnlySpan<byte> key)
    {
        ulong r0 = 0, r1 = 0;
        if (!key.IsEmpty)
        {
            r0 = BinaryPrimitives.ReadUInt64LittleEndian(key) & 0x0ffffffc0fffffff;
            r1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) & 0x0ffffffc0ffffffc;
        }

        power[0] = r0 & Mask;
        power[lanes] = (r0 >> 26) & Mask;
        power[2 * lanes] = ((r0 >> 52) | (r1 << 12)) & Mask;
        power[3 * lanes] = (r1 >> 14) & Mask;
        power[4 * lanes] = r1 >> 40;
        for (var limb = 1; limb < Limbs; limb++)
            power[(Limbs + limb - 1) * lanes] = 5 * power[limb * lanes];
    }

    /// <summary>Carries a lane's accumulator to 26 bits a limb and writes its tag.</summary>
    private static void Finish(ReadOnlySpan<ulong> limbs, int lanes, ReadOnlySpan<byte> pad, Span<byte> tag)
    {
        var l0 = limbs[0];
        var l1 = limbs[lanes] + (l0 >> 26);
        var l2 = limbs[2 * lanes] + (l1 >> 26);
        var l3 = limbs[3 * lanes] + (l2 >> 26);
        var l4 = limbs[4 * lanes] + (l3 >> 26);
        l0 = (l0 & Mask) + 5 * (l4 >> 26);
        l1 = (l1 & Mask) + (l0 >> 26);
        l0 &= Mask;
        l2 = (l2 & Mask) + (l1 >> 26);
        l1 &= Mask;
        l3 = (l3 & Mask) + (l2 >> 26);
        l2 &= Mask;
        l4 = (l4 & Mask) + (l3 >> 26);
        l3 &= Mask;
        Poly1305.Finish(
            l0 | (l1 << 26) | (l2 << 52), (l2 >> 12) | (l3 << 14) | (l4 << 40), l4 >> 24,
            BinaryPrimitives.ReadUInt64LittleEndian(pad), BinaryPrimitives.ReadUInt64LittleEndian(pad[8..]), tag);
    }

    private static void RaisePowers(Span<ulong> state, VectorWidth width)
    {
        if (width == VectorWidth.Vector512)
            Poly1305Lanes512.RaisePowers(state);
        else if (width == VectorWidth.Vector256)
            Poly1305Lanes256.RaisePowers(state);
        else
            Poly1305Lanes128.RaisePowers(state);
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
