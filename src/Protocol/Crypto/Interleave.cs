using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>Interleaves the low or the high halves of every 128 bits of two vectors, for transpositions.</summary>
/// <remarks>One instruction where the processor has it; a wider vector falls back to two narrower ones.</remarks>
internal static class Interleave
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Low(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right) :
        Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> High(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right) :
        Vector128.Create(left[2], right[2], left[3], right[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Low(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right) :
        Vector128.Create(left[0], right[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> High(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right) :
        Vector128.Create(left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Low(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported ? Avx2.UnpackLow(left, right) :
        Vector256.Create(Low(left.GetLower(), right.GetLower()), Low(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> High(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported ? Avx2.UnpackHigh(left, right) :
        Vector256.Create(High(left.GetLower(), right.GetLower()), High(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Low(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.UnpackLow(left, right) :
        Vector256.Create(Low(left.GetLower(), right.GetLower()), Low(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> High(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.UnpackHigh(left, right) :
        Vector256.Create(High(left.GetLower(), right.GetLower()), High(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Low(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackLow(left, right) :
        Vector512.Create(Low(left.GetLower(), right.GetLower()), Low(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> High(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackHigh(left, right) :
        Vector512.Create(High(left.GetLower(), right.GetLower()), High(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Low(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackLow(left, right) :
        Vector512.Create(Low(left.GetLower(), right.GetLower()), Low(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> High(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported ? Avx512F.UnpackHigh(left, right) :
        Vector512.Create(High(left.GetLower(), right.GetLower()), High(left.GetUpper(), right.GetUpper()));

    /// <summary>The lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Lower(Vector256<ulong> left, Vector256<ulong> right) =>
        Vector256.Create(left.GetLower(), right.GetLower());

    /// <summary>The upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Upper(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.Permute2x128(left, right, 0x31) : Vector256.Create(left.GetUpper(), right.GetUpper());

    /// <summary>Quarters 0 and 2 of one vector, then of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> EvenQuarters(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported ? Avx512F.Shuffle4x128(left, right, 0b10_00_10_00) :
        Vector512.Create(
            Vector256.Create(left.GetLower().GetLower(), left.GetUpper().GetLower()),
            Vector256.Create(right.GetLower().GetLower(), right.GetUpper().GetLower()));

    /// <summary>Quarters 1 and 3 of one vector, then of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> OddQuarters(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported ? Avx512F.Shuffle4x128(left, right, 0b11_01_11_01) :
        Vector512.Create(
            Vector256.Create(left.GetLower().GetUpper(), left.GetUpper().GetUpper()),
            Vector256.Create(right.GetLower().GetUpper(), right.GetUpper().GetUpper()));
}
