using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 on eight blocks side by side: vector i holds word i of every block, so a round needs no shuffles.</summary>
/// <remarks>
/// A lane is a block, and nothing but words 12 to 15 says which: lanes may be consecutive blocks of one packet or
/// blocks of different packets under one key.
/// </remarks>
internal static class ChaCha20Vector256
{
    /// <summary>Blocks per call.</summary>
    public const int Lanes = 8;

    /// <summary>Bytes per call.</summary>
    public const int Size = Lanes * ChaCha20.BlockSize;

    private static Vector256<uint> Ascending => Vector256<uint>.Indices;

    /// <summary>Writes the blocks from the state's counter on.</summary>
    public static void Consecutive(ReadOnlySpan<uint> state, Span<byte> stream) =>
        Blocks(
            state,
            Vector256.Create(state[12]) + Ascending,
            Vector256.Create(state[13]),
            Vector256.Create(state[14]),
            Vector256.Create(state[15]),
            stream);

    /// <summary>Writes the blocks of eight lanes of a table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(ReadOnlySpan<uint> state, ChaCha20LaneTable table, int lane, Span<byte> stream)
    {
        var packets = Vector128.Create<ushort>(table.LanePackets[lane..]);
        var blocks = Vector128.Create<ushort>(table.LaneBlocks[lane..]);
        var packet = Vector256.Create(Vector128.WidenLower(packets), Vector128.WidenUpper(packets));
        Blocks(
            state,
            Vector256.Create(Vector128.WidenLower(blocks), Vector128.WidenUpper(blocks)),
            Vector256<uint>.Zero,
            Pick(table.CounterLow, packet),
            Pick(table.CounterHigh, packet),
            stream);
    }

    /// <summary>Words of a row of sixteen.</summary>
    private static Vector256<uint> Pick(ReadOnlySpan<uint> row, Vector256<uint> index)
    {
        var within = index & Vector256.Create(7u);
        return Vector256.ConditionalSelect(
            Vector256.Equals(within, index),
            Vector256.Shuffle(Vector256.Create(row), within),
            Vector256.Shuffle(Vector256.Create(row[Lanes..]), within));
    }

    /// <summary>Writes one block per lane: words 0 to 11 are common, words 12 to 15 each lane's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(
        ReadOnlySpan<uint> state, Vector256<uint> word12, Vector256<uint> word13, Vector256<uint> word14,
        Vector256<uint> word15, Span<byte> stream)
    {
        stream = stream[..Size];
        state = state[..12];
        if (Avx512F.VL.IsSupported)
        {
            BlocksInRegisters(state, word12, word13, word14, word15, stream);
            return;
        }

        Vector256<uint> a0 = Vector256.Create(state[0]), a1 = Vector256.Create(state[1]);
        Vector256<uint> a2 = Vector256.Create(state[2]), a3 = Vector256.Create(state[3]);
        Vector256<uint> b0 = Vector256.Create(state[4]), b1 = Vector256.Create(state[5]);
        Vector256<uint> b2 = Vector256.Create(state[6]), b3 = Vector256.Create(state[7]);
        StartThirdRow(state, out var c);
        Vector256<uint> d0 = word12, d1 = word13, d2 = word14, d3 = word15;
        for (var round = 0; round < 20; round += 2)
        {
            QuarterRound(ref a0, ref b0, ref c._0, ref d0);
            QuarterRound(ref a1, ref b1, ref c._1, ref d1);
            QuarterRound(ref a2, ref b2, ref c._2, ref d2);
            QuarterRound(ref a3, ref b3, ref c._3, ref d3);
            QuarterRound(ref a0, ref b1, ref c._2, ref d3);
            QuarterRound(ref a1, ref b2, ref c._3, ref d0);
            QuarterRound(ref a2, ref b3, ref c._0, ref d1);
            QuarterRound(ref a3, ref b0, ref c._1, ref d2);
        }

        Store(
            a0 + Vector256.Create(state[0]), a1 + Vector256.Create(state[1]),
            a2 + Vector256.Create(state[2]), a3 + Vector256.Create(state[3]), stream);
        Store(
            b0 + Vector256.Create(state[4]), b1 + Vector256.Create(state[5]),
            b2 + Vector256.Create(state[6]), b3 + Vector256.Create(state[7]), stream[16..]);
        Store(
            c._0 + Vector256.Create(state[8]), c._1 + Vector256.Create(state[9]),
            c._2 + Vector256.Create(state[10]), c._3 + Vector256.Create(state[11]), stream[32..]);
        Store(d0 + word12, d1 + word13, d2 + word14, d3 + word15, stream[48..]);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<ThirdRow>(ref c)));
    }

    /// <summary>Where there are registers for sixteen rows and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlocksInRegisters(
        ReadOnlySpan<uint> state, Vector256<uint> word12, Vector256<uint> word13, Vector256<uint> word14,
        Vector256<uint> word15, Span<byte> stream)
    {
        stream = stream[..Size];
        state = state[..12];
        Vector256<uint> a0 = Vector256.Create(state[0]), a1 = Vector256.Create(state[1]);
        Vector256<uint> a2 = Vector256.Create(state[2]), a3 = Vector256.Create(state[3]);
        Vector256<uint> b0 = Vector256.Create(state[4]), b1 = Vector256.Create(state[5]);
        Vector256<uint> b2 = Vector256.Create(state[6]), b3 = Vector256.Create(state[7]);
        Vector256<uint> c0 = Vector256.Create(state[8]), c1 = Vector256.Create(state[9]);
        Vector256<uint> c2 = Vector256.Create(state[10]), c3 = Vector256.Create(state[11]);
        Vector256<uint> d0 = word12, d1 = word13, d2 = word14, d3 = word15;
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
            a0 + Vector256.Create(state[0]), a1 + Vector256.Create(state[1]),
            a2 + Vector256.Create(state[2]), a3 + Vector256.Create(state[3]), stream);
        Store(
            b0 + Vector256.Create(state[4]), b1 + Vector256.Create(state[5]),
            b2 + Vector256.Create(state[6]), b3 + Vector256.Create(state[7]), stream[16..]);
        Store(
            c0 + Vector256.Create(state[8]), c1 + Vector256.Create(state[9]),
            c2 + Vector256.Create(state[10]), c3 + Vector256.Create(state[11]), stream[32..]);
        Store(d0 + word12, d1 + word13, d2 + word14, d3 + word15, stream[48..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StartThirdRow(ReadOnlySpan<uint> state, out ThirdRow row)
    {
        row._0 = Vector256.Create(state[8]);
        row._1 = Vector256.Create(state[9]);
        row._2 = Vector256.Create(state[10]);
        row._3 = Vector256.Create(state[11]);
    }

    /// <summary>Turns four words of eight blocks into 16 bytes of each block, and writes those 64 bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<uint> w0, Vector256<uint> w1, Vector256<uint> w2, Vector256<uint> w3, Span<byte> stream)
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
    private static void StoreRow(Vector256<byte> row, Span<byte> stream)
    {
        row.GetLower().CopyTo(stream);
        row.GetUpper().CopyTo(stream[256..]);
    }

    /// <summary>RFC 8439 2.1, on every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void QuarterRound(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d)
    {
        a += b;
        d = Rotate16(d ^ a);
        var sum = c + d;
        b = Rotate(b ^ sum, 12);
        a += b;
        d = Rotate8(d ^ a);
        sum += d;
        b = Rotate(b ^ sum, 7);
        c = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddXor(
        ref Vector256<uint> x0, ref Vector256<uint> x1, Vector256<uint> y0, Vector256<uint> y1,
        ref Vector256<uint> z0, ref Vector256<uint> z1)
    {
        x0 += y0;
        x1 += y1;
        z0 ^= x0;
        z1 ^= x1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate16(ref Vector256<uint> z0, ref Vector256<uint> z1)
    {
        z0 = Rotate16(z0);
        z1 = Rotate16(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate12(ref Vector256<uint> z0, ref Vector256<uint> z1)
    {
        z0 = Rotate(z0, 12);
        z1 = Rotate(z1, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate8(ref Vector256<uint> z0, ref Vector256<uint> z1)
    {
        z0 = Rotate8(z0);
        z1 = Rotate8(z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate7(ref Vector256<uint> z0, ref Vector256<uint> z1)
    {
        z0 = Rotate(z0, 7);
        z1 = Rotate(z1, 7);
    }

    // Rotations by whole bytes are one shuffle where there is no rotation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate16(Vector256<uint> value) =>
        Avx512F.VL.IsSupported || !Avx2.IsSupported ? Rotate(value, 16) : Avx2.Shuffle(value.AsByte(), Vector256.Create(
            (byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13,
            2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate8(Vector256<uint> value) =>
        Avx512F.VL.IsSupported || !Avx2.IsSupported ? Rotate(value, 8) : Avx2.Shuffle(value.AsByte(), Vector256.Create(
            (byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14,
            3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, bits) : (value << bits) | (value >>> (32 - bits));

    /// <summary>
    /// The third row's place is memory. Sixteen rows and no register to rotate with would have the compiler spill in
    /// the middle of every rotation; twelve leave room, and this row's additions take their operand from memory.
    /// </summary>
    private struct ThirdRow
    {
        public Vector256<uint> _0, _1, _2, _3;
    }
}
