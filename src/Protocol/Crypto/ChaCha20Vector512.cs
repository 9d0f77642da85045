using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 on sixteen blocks side by side: vector i holds word i of every block, so a round needs no shuffles.</summary>
/// <remarks>
/// A lane is a block, and nothing but words 12 to 15 says which: lanes may be consecutive blocks of one packet or
/// blocks of different packets under one key.
/// </remarks>
internal static class ChaCha20Vector512
{
    /// <summary>Blocks per call.</summary>
    public const int Lanes = 16;

    /// <summary>Bytes per call.</summary>
    public const int Size = Lanes * ChaCha20.BlockSize;

    private static Vector512<uint> Ascending => Vector512<uint>.Indices;

    /// <summary>Writes the blocks from the state's counter on.</summary>
    public static void Consecutive(ReadOnlySpan<uint> state, Span<byte> stream) =>
        Blocks(
            state,
            Vector512.Create(state[12]) + Ascending,
            Vector512.Create(state[13]),
            Vector512.Create(state[14]),
            Vector512.Create(state[15]),
            stream);

    /// <summary>Writes the blocks of sixteen lanes of a table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(ReadOnlySpan<uint> state, ChaCha20LaneTable table, int lane, Span<byte> stream)
    {
        var packet = Widen(Vector256.Create<ushort>(table.LanePackets[lane..]));
        Blocks(
            state,
            Widen(Vector256.Create<ushort>(table.LaneBlocks[lane..])),
            Vector512<uint>.Zero,
            Vector512.Shuffle(Vector512.Create<uint>(table.CounterLow), packet),
            Vector512.Shuffle(Vector512.Create<uint>(table.CounterHigh), packet),
            stream);
    }

    /// <summary>Writes one block per lane: words 0 to 11 are common, words 12 to 15 each lane's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(
        ReadOnlySpan<uint> state, Vector512<uint> word12, Vector512<uint> word13, Vector512<uint> word14,
        Vector512<uint> word15, Span<byte> stream)
    {
        stream = stream[..Size];
        state = state[..12];
        Vector512<uint> a0 = Vector512.Create(state[0]), a1 = Vector512.Create(state[1]);
        Vector512<uint> a2 = Vector512.Create(state[2]), a3 = Vector512.Create(state[3]);
        Vector512<uint> b0 = Vector512.Create(state[4]), b1 = Vector512.Create(state[5]);
        Vector512<uint> b2 = Vector512.Create(state[6]), b3 = Vector512.Create(state[7]);
        Vector512<uint> c0 = Vector512.Create(state[8]), c1 = Vector512.Create(state[9]);
        Vector512<uint> c2 = Vector512.Create(state[10]), c3 = Vector512.Create(state[11]);
        Vector512<uint> d0 = word12, d1 = word13, d2 = word14, d3 = word15;
        for (var round = 0; round < 20; round += 2)
        {
            AddXor(ref a0, ref a1, b0, b1, ref d0, ref d1);
            Rotate16(ref d0, ref d1);
            AddXor(ref a2, ref a3, b2, b3, ref d2, ref d3);
            Rotate16(ref d2, ref d3);
            AddXor(ref c0, ref c1, d0, d1, ref b0, ref b1);
            Rotate12(ref b0, ref b1);
            AddXor(ref c2, ref c3, d2, d3, ref b2, ref b3);
            Rotate12(ref b2, ref b3);
            AddXor(ref a0, ref a1, b0, b1, ref d0, ref d1);
            Rotate8(ref d0, ref d1);
            AddXor(ref a2, ref a3, b2, b3, ref d2, ref d3);
            Rotate8(ref d2, ref d3);
            AddXor(ref c0, ref c1, d0, d1, ref b0, ref b1);
            Rotate7(ref b0, ref b1);
            AddXor(ref c2, ref c3, d2, d3, ref b2, ref b3);
            Rotate7(ref b2, ref b3);
            AddXor(ref a0, ref a3, b1, b0, ref d3, ref d2);
            Rotate16(ref d3, ref d2);
            AddXor(ref a1, ref a2, b2, b3, ref d0, ref d1);
            Rotate16(ref d0, ref d1);
            AddXor(ref c2, ref c1, d3, d2, ref b1, ref b0);
            Rotate12(ref b1, ref b0);
            AddXor(ref c3, ref c0, d0, d1, ref b2, ref b3);
            Rotate12(ref b2, ref b3);
            AddXor(ref a0, ref a3, b1, b0, ref d3, ref d2);
            Rotate8(ref d3, ref d2);
            AddXor(ref a1, ref a2, b2, b3, ref d0, ref d1);
            Rotate8(ref d0, ref d1);
            AddXor(ref c2, ref c1, d3, d2, ref b1, ref b0);
            Rotate7(ref b1, ref b0);
            AddXor(ref c3, ref c0, d0, d1, ref b2, ref b3);
            Rotate7(ref b2, ref b3);
        }

        Transpose(ref a0, ref a1, ref a2, ref a3, state);
        Transpose(ref b0, ref b1, ref b2, ref b3, state[4..]);
        Transpose(ref c0, ref c1, ref c2, ref c3, state[8..]);
        d0 += word12;
        d1 += word13;
        d2 += word14;
        d3 += word15;
        Transpose(ref d0, ref d1, ref d2, ref d3);

        // SAFETY: the stream has all sixteen blocks.
        ref var output = ref MemoryMarshal.GetReference(stream);
        StoreFour(a0, b0, c0, d0, ref output, 0);
        StoreFour(a1, b1, c1, d1, ref output, 1);
        StoreFour(a2, b2, c2, d2, ref output, 2);
        StoreFour(a3, b3, c3, d3, ref output, 3);
    }

    /// <summary>Adds the keystream to a whole block per lane of the table, sixteen lanes at a time.</summary>
    /// <param name="state">Words 0 to 11, common to all lanes.</param>
    /// <param name="table">What each lane computes, where its text is and where it goes.</param>
    /// <param name="lanes">How many of the table's lanes; a multiple of sixteen.</param>
    /// <param name="source">Has 64 bytes at each lane's source.</param>
    /// <param name="destination">Has 64 bytes at each lane's destination.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Crypt(
        ReadOnlySpan<uint> state, ChaCha20LaneTable table, int lanes, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        state = state[..12];

        var low = Vector512.Create<uint>(table.CounterLow);
        var high = Vector512.Create<uint>(table.CounterHigh);
        var sources = Vector512.Create<uint>(table.Sources);
        var destinations = Vector512.Create<uint>(table.Destinations);
        Span<uint> offsets = stackalloc uint[2 * Lanes];

        // SAFETY: rows hold as many lanes; lanes are whole blocks of packets whose bounds were checked at the door.
        ref var packets = ref MemoryMarshal.GetReference(table.LanePackets[..lanes]);
        ref var blocks = ref MemoryMarshal.GetReference(table.LaneBlocks[..lanes]);
        ref var from = ref MemoryMarshal.GetReference(offsets);
        ref var to = ref Unsafe.Add(ref from, Lanes);
        ref var input = ref MemoryMarshal.GetReference(source);
        ref var output = ref MemoryMarshal.GetReference(destination);
        for (nuint lane = 0; lane + Lanes <= (nuint)lanes; lane += Lanes)
        {
            var packet = Widen(Vector256.LoadUnsafe(ref packets, lane));
            var word12 = Widen(Vector256.LoadUnsafe(ref blocks, lane));
            var word14 = Vector512.Shuffle(low, packet);
            var word15 = Vector512.Shuffle(high, packet);
            (Vector512.Shuffle(sources, packet) + (word12 << 6)).StoreUnsafe(ref from);
            (Vector512.Shuffle(destinations, packet) + (word12 << 6)).StoreUnsafe(ref to);
            Vector512<uint> a0 = Vector512.Create(state[0]), a1 = Vector512.Create(state[1]);
            Vector512<uint> a2 = Vector512.Create(state[2]), a3 = Vector512.Create(state[3]);
            Vector512<uint> b0 = Vector512.Create(state[4]), b1 = Vector512.Create(state[5]);
            Vector512<uint> b2 = Vector512.Create(state[6]), b3 = Vector512.Create(state[7]);
            Vector512<uint> c0 = Vector512.Create(state[8]), c1 = Vector512.Create(state[9]);
            Vector512<uint> c2 = Vector512.Create(state[10]), c3 = Vector512.Create(state[11]);
            Vector512<uint> d0 = word12, d1 = Vector512<uint>.Zero;
            Vector512<uint> d2 = word14, d3 = word15;
            for (var round = 0; round < 20; round += 2)
            {
                AddXor(ref a0, ref a1, b0, b1, ref d0, ref d1);
                Rotate16(ref d0, ref d1);
                AddXor(ref a2, ref a3, b2, b3, ref d2, ref d3);
                Rotate16(ref d2, ref d3);
                AddXor(ref c0, ref c1, d0, d1, ref b0, ref b1);
                Rotate12(ref b0, ref b1);
                AddXor(ref c2, ref c3, d2, d3, ref b2, ref b3);
                Rotate12(ref b2, ref b3);
                AddXor(ref a0, ref a1, b0, b1, ref d0, ref d1);
                Rotate8(ref d0, ref d1);
                AddXor(ref a2, ref a3, b2, b3, ref d2, ref d3);
                Rotate8(ref d2, ref d3);
                AddXor(ref c0, ref c1, d0, d1, ref b0, ref b1);
                Rotate7(ref b0, ref b1);
                AddXor(ref c2, ref c3, d2, d3, ref b2, ref b3);
                Rotate7(ref b2, ref b3);
                AddXor(ref a0, ref a3, b1, b0, ref d3, ref d2);
                Rotate16(ref d3, ref d2);
                AddXor(ref a1, ref a2, b2, b3, ref d0, ref d1);
                Rotate16(ref d0, ref d1);
                AddXor(ref c2, ref c1, d3, d2, ref b1, ref b0);
                Rotate12(ref b1, ref b0);
                AddXor(ref c3, ref c0, d0, d1, ref b2, ref b3);
                Rotate12(ref b2, ref b3);
                AddXor(ref a0, ref a3, b1, b0, ref d3, ref d2);
                Rotate8(ref d3, ref d2);
                AddXor(ref a1, ref a2, b2, b3, ref d0, ref d1);
                Rotate8(ref d0, ref d1);
                AddXor(ref c2, ref c1, d3, d2, ref b1, ref b0);
                Rotate7(ref b1, ref b0);
                AddXor(ref c3, ref c0, d0, d1, ref b2, ref b3);
                Rotate7(ref b2, ref b3);
            }

            Transpose(ref a0, ref a1, ref a2, ref a3, state);
            Transpose(ref b0, ref b1, ref b2, ref b3, state[4..]);
            Transpose(ref c0, ref c1, ref c2, ref c3, state[8..]);
            d0 += word12;
            d2 += word14;
            d3 += word15;
            Transpose(ref d0, ref d1, ref d2, ref d3);
            XorFour(a0, b0, c0, d0, ref input, ref from, ref output, ref to, 0);
            XorFour(a1, b1, c1, d1, ref input, ref from, ref output, ref to, 1);
            XorFour(a2, b2, c2, d2, ref input, ref from, ref output, ref to, 2);
            XorFour(a3, b3, c3, d3, ref input, ref from, ref output, ref to, 3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Widen(Vector256<ushort> lanes) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(lanes) :
        Vector512.Create(Vector256.WidenLower(lanes), Vector256.WidenUpper(lanes));

    /// <summary>Adds four words of the state, then transposes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector512<uint> w0, ref Vector512<uint> w1, ref Vector512<uint> w2, ref Vector512<uint> w3, ReadOnlySpan<uint> state)
    {
        w0 += Vector512.Create(state[0]);
        w1 += Vector512.Create(state[1]);
        w2 += Vector512.Create(state[2]);
        w3 += Vector512.Create(state[3]);
        Transpose(ref w0, ref w1, ref w2, ref w3);
    }

    /// <summary>
    /// Turns four words of sixteen blocks into 16 bytes of each block: each quarter of 128 bits is a 4 by 4 matrix of its
    /// own, and quarter q of row j belongs to block 4q + j.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector512<uint> w0, ref Vector512<uint> w1, ref Vector512<uint> w2, ref Vector512<uint> w3)
    {
        var low01 = Interleave.Low(w0, w1).AsUInt64();
        var low23 = Interleave.Low(w2, w3).AsUInt64();
        var high01 = Interleave.High(w0, w1).AsUInt64();
        var high23 = Interleave.High(w2, w3).AsUInt64();
        w0 = Interleave.Low(low01, low23).AsUInt32();
        w1 = Interleave.High(low01, low23).AsUInt32();
        w2 = Interleave.Low(high01, high23).AsUInt32();
        w3 = Interleave.High(high01, high23).AsUInt32();
    }

    /// <summary>Joins the 16-byte pieces of four blocks and writes the blocks: that number, and 4, 8 and 12 after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, ref byte stream, int number)
    {
        var even01 = Interleave.EvenQuarters(a.AsUInt64(), b.AsUInt64());
        var even23 = Interleave.EvenQuarters(c.AsUInt64(), d.AsUInt64());
        var odd01 = Interleave.OddQuarters(a.AsUInt64(), b.AsUInt64());
        var odd23 = Interleave.OddQuarters(c.AsUInt64(), d.AsUInt64());
        var at = (nuint)(number * ChaCha20.BlockSize);
        Interleave.EvenQuarters(even01, even23).AsByte().StoreUnsafe(ref stream, at);
        Interleave.EvenQuarters(odd01, odd23).AsByte().StoreUnsafe(ref stream, at + 4 * ChaCha20.BlockSize);
        Interleave.OddQuarters(even01, even23).AsByte().StoreUnsafe(ref stream, at + 8 * ChaCha20.BlockSize);
        Interleave.OddQuarters(odd01, odd23).AsByte().StoreUnsafe(ref stream, at + 12 * ChaCha20.BlockSize);
    }

    /// <summary>Joins the 16-byte pieces of four blocks: that lane's and 4, 8 and 12 after it; adds them to their text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void XorFour(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d,
        ref byte input, ref uint from, ref byte output, ref uint to, int lane)
    {
        var even01 = Interleave.EvenQuarters(a.AsUInt64(), b.AsUInt64());
        var even23 = Interleave.EvenQuarters(c.AsUInt64(), d.AsUInt64());
        var odd01 = Interleave.OddQuarters(a.AsUInt64(), b.AsUInt64());
        var odd23 = Interleave.OddQuarters(c.AsUInt64(), d.AsUInt64());
        Xor(Interleave.EvenQuarters(even01, even23), ref input, ref from, ref output, ref to, lane);
        Xor(Interleave.EvenQuarters(odd01, odd23), ref input, ref from, ref output, ref to, lane + 4);
        Xor(Interleave.OddQuarters(even01, even23), ref input, ref from, ref output, ref to, lane + 8);
        Xor(Interleave.OddQuarters(odd01, odd23), ref input, ref from, ref output, ref to, lane + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Xor(
        Vector512<ulong> block, ref byte input, ref uint from, ref byte output, ref uint to, int lane) =>
        (block.AsByte() ^ Vector512.LoadUnsafe(ref input, Unsafe.Add(ref from, lane)))
            .StoreUnsafe(ref output, Unsafe.Add(ref to, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddXor(
        ref Vector512<uint> x0, ref Vector512<uint> x1, Vector512<uint> y0, Vector512<uint> y1,
        ref Vector512<uint> z0, ref Vector512<uint> z1)
    {
        x0 += y0;
        x1 += y1;
        z0 ^= x0;
        z1 ^= x1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate16(ref Vector512<uint> z0, ref Vector512<uint> z1)
    {
        z0 = Rotate16(z0);
        z1 = Rotate16(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate12(ref Vector512<uint> z0, ref Vector512<uint> z1)
    {
        z0 = Rotate(z0, 12);
        z1 = Rotate(z1, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate8(ref Vector512<uint> z0, ref Vector512<uint> z1)
    {
        z0 = Rotate8(z0);
        z1 = Rotate8(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate7(ref Vector512<uint> z0, ref Vector512<uint> z1)
    {
        z0 = Rotate(z0, 7);
        z1 = Rotate(z1, 7);
    }

    // The instruction set that has vectors of 512 bits has a rotation too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rotate16(Vector512<uint> value) => Rotate(value, 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rotate8(Vector512<uint> value) => Rotate(value, 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rotate(Vector512<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(value, bits) : (value << bits) | (value >>> (32 - bits));
}
