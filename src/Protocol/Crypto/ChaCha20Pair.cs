using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 on two blocks: vector i holds row i of both. For a short packet, where eight lanes would stay empty.</summary>
internal static class ChaCha20Pair
{
    /// <summary>Blocks per call.</summary>
    public const int Lanes = 2;

    /// <summary>Bytes per call.</summary>
    public const int Size = Lanes * ChaCha20.BlockSize;

    /// <summary>Writes two blocks from the state's counter on.</summary>
    public static void Consecutive(ReadOnlySpan<uint> state, Span<byte> stream)
    {
        stream = stream[..Size];
        var a0 = Both(state);
        var b0 = Both(state[4..]);
        var c0 = Both(state[8..]);
        var d0 = Both(state[12..]) + Vector256.Create(0u, 0, 0, 0, 1, 0, 0, 0);
        var (a, b, c, d) = (a0, b0, c0, d0);
        for (var round = 0; round < 20; round += 2)
        {
            // Columns; then, rows b to d turned within each block, diagonals.
            ChaCha20Vector256.QuarterRound(ref a, ref b, ref c, ref d);
            (b, c, d) = (Turn1(b), Turn2(c), Turn3(d));
            ChaCha20Vector256.QuarterRound(ref a, ref b, ref c, ref d);
            (b, c, d) = (Turn3(b), Turn2(c), Turn1(d));
        }

        Store(a + a0, stream);
        Store(b + b0, stream[16..]);
        Store(c + c0, stream[32..]);
        Store(d + d0, stream[48..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Both(ReadOnlySpan<uint> row) => Vector256.Create(Vector128.Create(row), Vector128.Create(row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn1(Vector256<uint> row) =>
        Avx2.IsSupported ? Avx2.Shuffle(row, 0b00_11_10_01) : Vector256.Shuffle(row, Vector256.Create(1u, 2, 3, 0, 5, 6, 7, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn2(Vector256<uint> row) =>
        Avx2.IsSupported ? Avx2.Shuffle(row, 0b01_00_11_10) : Vector256.Shuffle(row, Vector256.Create(2u, 3, 0, 1, 6, 7, 4, 5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Turn3(Vector256<uint> row) =>
        Avx2.IsSupported ? Avx2.Shuffle(row, 0b10_01_00_11) : Vector256.Shuffle(row, Vector256.Create(3u, 0, 1, 2, 7, 4, 5, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<uint> row, Span<byte> stream)
    {
        row.GetLower().AsByte().CopyTo(stream);
        row.GetUpper().AsByte().CopyTo(stream[ChaCha20.BlockSize..]);
    }
}
