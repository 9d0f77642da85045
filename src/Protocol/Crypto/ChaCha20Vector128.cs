using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 on four blocks side by side: vector i holds word i of every block, so a round needs no shuffles.</summary>
/// <remarks>
/// A lane is a block, and nothing but words 12 to 15 says which: lanes may be consecutive blocks of one packet or
/// blocks of different packets under one key.
/// </remarks>
internal static class ChaCha20Vector128
{
    /// <summary>Blocks per call.</summary>
    public const int Lanes = 4;

    /// <summary>Bytes per call.</summary>
    public const int Size = Lanes * ChaCha20.BlockSize;

    private static Vector128<uint> Ascending => Vector128<uint>.Indices;

    /// <summary>Writes the blocks from the state's counter on.</summary>
    public static void Consecutive(ReadOnlySpan<uint> state, Span<byte> stream) =>
        Blocks(
            state,
            Vector128.Create(state[12]) + Ascending,
            Vector128.Create(state[13]),
            Vector128.Create(state[14]),
            Vector128.Create(state[15]),
            stream);

    /// <summary>Writes the blocks of four lanes of a table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(ReadOnlySpan<uint> state, ChaCha20LaneTable table, int lane, Span<byte> stream)
    {
        var packets = table.LanePackets.Slice(lane, Lanes);
        Blocks(
            state,
            Vector128.WidenLower(Vector128.Create<ushort>(table.LaneBlocks[lane..])),
            Vector128<uint>.Zero,
            Pick(table.CounterLow, packets),
            Pick(table.CounterHigh, packets),
            stream);
    }

    private static Vector128<uint> Pick(ReadOnlySpan<uint> row, ReadOnlySpan<ushort> index) =>
        Vector128.Create(row[index[0]], row[index[1]], row[index[2]], row[index[3]]);

    /// <summary>Writes one block per lane: words 0 to 11 are common, words 12 to 15 each lane's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(
        ReadOnlySpan<uint> state, Vector128<uint> word12, Vector128<uint> word13, Vector128<uint> word14,
        Vector128<uint> word15, Span<byte> stream)
    {
        stream = stream[..Size];
        state = state[..12];
        Vector128<uint> a0 = Vector128.Create(state[0]), a1 = Vector128.Create(state[1]);
        Vector128<uint> a2 = Vector128.Create(state[2]), a3 = Vector128.Create(state[3]);
        Vector128<uint> b0 = Vector128.Create(state[4]), b1 = Vector128.Create(state[5]);
        Vector128<uint> b2 = Vector128.Create(state[6]), b3 = Vector128.Create(state[7]);
        Vector128<uint> c0 = Vector128.Create(state[8]), c1 = Vector128.Create(state[9]);
        Vector128<uint> c2 = Vector128.Create(state[10]), c3 = Vector128.Create(state[11]);
        Vector128<uint> d0 = word12, d1 = word13, d2 = word14, d3 = word15;
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

        Store(
            a0 + Vector128.Create(state[0]), a1 + Vector128.Create(state[1]),
            a2 + Vector128.Create(state[2]), a3 + Vector128.Create(state[3]), stream);
        Store(
            b0 + Vector128.Create(state[4]), b1 + Vector128.Create(state[5]),
            b2 + Vector128.Create(state[6]), b3 + Vector128.Create(state[7]), stream[16..]);
        Store(
            c0 + Vector128.Create(state[8]), c1 + Vector128.Create(state[9]),
            c2 + Vector128.Create(state[10]), c3 + Vector128.Create(state[11]), stream[32..]);
        Store(d0 + word12, d1 + word13, d2 + word14, d3 + word15, stream[48..]);
    }

    /// <summary>Turns four words of four blocks into 16 bytes of each block, and writes those 64 bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector128<uint> w0, Vector128<uint> w1, Vector128<uint> w2, Vector128<uint> w3, Span<byte> stream)
    {
        // Each quarter of 128 bits is a 4 by 4 matrix of its own: quarter q of row j belongs to block 4q + j.
        var low01 = Interleave.Low(w0, w1).AsUInt64();
        var low23 = Interleave.Low(w2, w3).AsUInt64();
        var high01 = Interleave.High(w0, w1).AsUInt64();
        var high23 = Interleave.High(w2, w3).AsUInt64();
        StoreRow(Interleave.Low(low01, low23).AsByte(), stream);
        StoreRow(Interleave.High(low01, low23).AsByte(), stream[64..]);
        StoreRow(Interleave.Low(high01, high23).AsByte(), stream[128..]);
        StoreRow(Interleave.High(high01, high23).AsByte(), stream[192..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(Vector128<byte> row, Span<byte> stream)
    {
        row.CopyTo(stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddXor(
        ref Vector128<uint> x0, ref Vector128<uint> x1, Vector128<uint> y0, Vector128<uint> y1,
        ref Vector128<uint> z0, ref Vector128<uint> z1)
    {
        x0 += y0;
        x1 += y1;
        z0 ^= x0;
        z1 ^= x1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate16(ref Vector128<uint> z0, ref Vector128<uint> z1)
    {
        z0 = Rotate16(z0);
        z1 = Rotate16(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate12(ref Vector128<uint> z0, ref Vector128<uint> z1)
    {
        z0 = Rotate(z0, 12);
        z1 = Rotate(z1, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate8(ref Vector128<uint> z0, ref Vector128<uint> z1)
    {
        z0 = Rotate8(z0);
        z1 = Rotate8(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate7(ref Vector128<uint> z0, ref Vector128<uint> z1)
    {
        z0 = Rotate(z0, 7);
        z1 = Rotate(z1, 7);
    }

    // Rotations by whole bytes are one shuffle where there is no rotation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate16(Vector128<uint> value) =>
        Avx512F.VL.IsSupported || !Ssse3.IsSupported ? Rotate(value, 16) : Ssse3.Shuffle(value.AsByte(), Vector128.Create(
            (byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate8(Vector128<uint> value) =>
        Avx512F.VL.IsSupported || !Ssse3.IsSupported ? Rotate(value, 8) : Ssse3.Shuffle(value.AsByte(), Vector128.Create(
            (byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, bits) : (value << bits) | (value >>> (32 - bits));
}
