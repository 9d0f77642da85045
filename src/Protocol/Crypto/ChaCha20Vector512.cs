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

    /// <summary>Writes one block per lane: words 0 to 11 are common, words 12 to 15 each lane's own.</summary>
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
            QuarterRound(ref a0, ref b0, ref c0, ref d0);
            QuarterRound(ref a1, ref b1, ref c1, ref d1);
            QuarterRound(ref a2, ref b2, ref c2, ref d2);
            QuarterRound(ref a3, ref b3, ref c3, ref d3);
            QuarterRound(ref a0, ref b1, ref c2, ref d3);
            QuarterRound(ref a1, ref b2, ref c3, ref d0);
            QuarterRound(ref a2, ref b3, ref c0, ref d1);
            QuarterRound(ref a3, ref b0, ref c1, ref d2);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(
        ref Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> c, ref Vector512<uint> d)
    {
        a += b;
        d = Rotate16(d ^ a);
        c += d;
        b = Rotate(b ^ c, 12);
        a += b;
        d = Rotate8(d ^ a);
        c += d;
        b = Rotate(b ^ c, 7);
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
