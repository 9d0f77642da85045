using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>The compression function of BLAKE2s (RFC 7693 3.2), in rows of four words; and two of them side by side.
/// Constant time: only shifts, additions and shuffles by constants touch the contents.</summary>
internal static class Blake2sCompression
{
    /// <summary>Bytes per block.</summary>
    public const int BlockSize = 64;

    private const int Rounds = 10;
    private const int Words = 16;

    /// <summary>The chaining value's first half at the beginning, before the parameter block (RFC 7693 2.6).</summary>
    public static Vector128<uint> InitialLow => Vector128.Create(0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au);

    /// <summary>The other half.</summary>
    public static Vector128<uint> InitialHigh => Vector128.Create(0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u);

    /// <summary>The message schedule of RFC 7693 2.7, one row per round, put in the order the rows take it: the first words of
    /// the four columns, the second ones, then of the four diagonals, which begin at the last because row b stays.</summary>
    private static ReadOnlySpan<uint> Schedule =>
    [
        0, 2, 4, 6, 1, 3, 5, 7, 14, 8, 10, 12, 15, 9, 11, 13,
        14, 4, 9, 13, 10, 8, 15, 6, 5, 1, 0, 11, 3, 12, 2, 7,
        11, 12, 5, 15, 8, 0, 2, 13, 9, 10, 3, 7, 4, 14, 6, 1,
        7, 3, 13, 11, 9, 1, 12, 14, 15, 2, 5, 4, 8, 6, 10, 0,
        9, 5, 2, 10, 0, 7, 4, 15, 3, 14, 11, 6, 13, 1, 12, 8,
        2, 6, 0, 8, 12, 10, 11, 3, 1, 4, 7, 15, 9, 13, 5, 14,
        12, 1, 14, 4, 5, 15, 13, 10, 8, 0, 6, 9, 11, 7, 3, 2,
        13, 7, 12, 3, 11, 14, 1, 9, 2, 5, 15, 8, 10, 0, 4, 6,
        6, 14, 11, 0, 15, 9, 3, 8, 10, 12, 13, 1, 5, 2, 7, 4,
        10, 8, 7, 1, 2, 4, 6, 5, 13, 15, 9, 3, 0, 11, 14, 12,
    ];

    /// <summary>Takes one block of 64 bytes into a chaining value.</summary>
    /// <param name="low">Words 0 to 3 of the chaining value.</param>
    /// <param name="high">Words 4 to 7.</param>
    /// <param name="block">The block, filled up with zeros when it is the last.</param>
    /// <param name="count">Bytes of the message up to and with this block.</param>
    /// <param name="last">Whether it is the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ref Vector128<uint> low, ref Vector128<uint> high, ReadOnlySpan<byte> block, ulong count, bool last)
    {
        var words = MemoryMarshal.Cast<byte, uint>(block[..BlockSize]);
        var a = low;
        var b = high;
        var c = InitialLow;
        var d = InitialHigh ^ Vector128.Create((uint)count, (uint)(count >> 32), last ? uint.MaxValue : 0, 0);
        if (Avx512F.VL.IsSupported)
        {
            var message = Vector512.Create(words);
            for (var round = 0; round < Rounds; round++)
            {
                var w = Avx512F.PermuteVar16x32(message, Vector512.Create(Schedule.Slice(round * Words, Words)));
                Round(
                    ref a, ref b, ref c, ref d, w.GetLower().GetLower(), w.GetLower().GetUpper(), w.GetUpper().GetLower(),
                    w.GetUpper().GetUpper());
            }
        }
        else
        {
            for (var round = 0; round < Rounds; round++)
            {
                var row = Schedule.Slice(round * Words, Words);
                Round(ref a, ref b, ref c, ref d, Gather(words, row), Gather(words, row[4..]), Gather(words, row[8..]), Gather(words, row[12..]));
            }
        }

        low ^= a ^ c;
        high ^= b ^ d;
    }

    /// <summary>The first blocks of two messages of the same parameters, side by side: in the time of one.</summary>
    /// <param name="low">Words 0 to 3 of both chaining values, the first message's first.</param>
    /// <param name="high">Words 4 to 7.</param>
    /// <param name="first">The first message's block of 64 bytes, not its last.</param>
    /// <param name="second">The second message's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CompressFirstPair(
        ref Vector256<uint> low, ref Vector256<uint> high, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!Avx512F.VL.IsSupported)
        {
            Vector128<uint> low0 = low.GetLower(), low1 = low.GetUpper(), high0 = high.GetLower(), high1 = high.GetUpper();
            Compress(ref low0, ref high0, first, BlockSize, last: false);
            Compress(ref low1, ref high1, second, BlockSize, last: false);
            low = Vector256.Create(low0, low1);
            high = Vector256.Create(high0, high1);
            return;
        }

        var message0 = Vector512.Create(MemoryMarshal.Cast<byte, uint>(first[..BlockSize]));
        var message1 = Vector512.Create(MemoryMarshal.Cast<byte, uint>(second[..BlockSize]));
        var a = low;
        var b = high;
        var c = Vector256.Create(InitialLow, InitialLow);
        var d = Vector256.Create(InitialHigh, InitialHigh) ^ Vector256.Create(BlockSize, 0u, 0, 0, BlockSize, 0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var schedule = Vector512.Create(Schedule.Slice(round * Words, Words));
            var w0 = Avx512F.PermuteVar16x32(message0, schedule);
            var w1 = Avx512F.PermuteVar16x32(message1, schedule);
            var x = Avx512F.Shuffle4x128(w0.AsInt32(), w1.AsInt32(), 0b01_00_01_00).AsUInt32(); // Quarters 0 and 1 of each.
            var y = Avx512F.Shuffle4x128(w0.AsInt32(), w1.AsInt32(), 0b11_10_11_10).AsUInt32();
            Round(
                ref a, ref b, ref c, ref d,
                Vector256.Create(x.GetLower().GetLower(), x.GetUpper().GetLower()),
                Vector256.Create(x.GetLower().GetUpper(), x.GetUpper().GetUpper()),
                Vector256.Create(y.GetLower().GetLower(), y.GetUpper().GetLower()),
                Vector256.Create(y.GetLower().GetUpper(), y.GetUpper().GetUpper()));
        }

        low ^= a ^ c;
        high ^= b ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Gather(ReadOnlySpan<uint> words, ReadOnlySpan<uint> row) =>
        Vector128.Create(words[(int)row[0]], words[(int)row[1]], words[(int)row[2]], words[(int)row[3]]);

    // The four columns side by side, then the four diagonals: rows a, c and d are turned, and b, which is ready last, is not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d,
        Vector128<uint> x0, Vector128<uint> y0, Vector128<uint> x1, Vector128<uint> y1)
    {
        Mix(ref a, ref b, ref c, ref d, x0, y0);
        a = Vector128.Shuffle(a, Vector128.Create(3u, 0, 1, 2));
        d = Vector128.Shuffle(d, Vector128.Create(2u, 3, 0, 1));
        c = Vector128.Shuffle(c, Vector128.Create(1u, 2, 3, 0));
        Mix(ref a, ref b, ref c, ref d, x1, y1);
        a = Vector128.Shuffle(a, Vector128.Create(1u, 2, 3, 0));
        d = Vector128.Shuffle(d, Vector128.Create(2u, 3, 0, 1));
        c = Vector128.Shuffle(c, Vector128.Create(3u, 0, 1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> x0, Vector256<uint> y0, Vector256<uint> x1, Vector256<uint> y1)
    {
        Mix(ref a, ref b, ref c, ref d, x0, y0);
        a = Vector256.Shuffle(a, Vector256.Create(3u, 0, 1, 2, 7, 4, 5, 6));
        d = Vector256.Shuffle(d, Vector256.Create(2u, 3, 0, 1, 6, 7, 4, 5));
        c = Vector256.Shuffle(c, Vector256.Create(1u, 2, 3, 0, 5, 6, 7, 4));
        Mix(ref a, ref b, ref c, ref d, x1, y1);
        a = Vector256.Shuffle(a, Vector256.Create(1u, 2, 3, 0, 5, 6, 7, 4));
        d = Vector256.Shuffle(d, Vector256.Create(2u, 3, 0, 1, 6, 7, 4, 5));
        c = Vector256.Shuffle(c, Vector256.Create(3u, 0, 1, 2, 7, 4, 5, 6));
    }

    /// <summary>RFC 7693 3.1, on four columns at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d,
        Vector128<uint> x, Vector128<uint> y)
    {
        a = a + x + b;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 12);
        a = a + y + b;
        d = RotateRight(d ^ a, 8);
        c += d;
        b = RotateRight(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d,
        Vector256<uint> x, Vector256<uint> y)
    {
        a = a + x + b;
        d = Avx512F.VL.RotateRight(d ^ a, 16);
        c += d;
        b = Avx512F.VL.RotateRight(b ^ c, 12);
        a = a + y + b;
        d = Avx512F.VL.RotateRight(d ^ a, 8);
        c += d;
        b = Avx512F.VL.RotateRight(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateRight(Vector128<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, bits) : (value >>> bits) | (value << (32 - bits));
}
