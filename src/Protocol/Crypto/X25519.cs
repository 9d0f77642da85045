using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>X25519 (RFC 7748, 5), by the Montgomery ladder. Constant time in scalars and points.</summary>
public static class X25519
{
    /// <summary>The length of a scalar, a point and a shared secret, in bytes.</summary>
    public const int Size = 32;

    private const int TopBit = 254;

    /// <summary>shared = scalar * point; the scalar is clamped here. False, and zeros, when the point is of low order.</summary>
    /// <remarks>The point's highest bit is ignored and non-canonical values are taken modulo p, as RFC 7748 says.</remarks>
    /// <exception cref="ArgumentException">A length is not 32.</exception>
    public static bool TryScalarMult(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> shared)
    {
        if (scalar.Length != Size || point.Length != Size || shared.Length != Size)
            throw new ArgumentException("scalars, points and shared secrets have 32 bytes");
        ScalarMultMany(scalar, point, shared);
        return !IsZero(shared);
    }

    /// <summary>shared = scalar * point for several independent pairs of 32 bytes each, one after another: side by side in
    /// the lanes of vectors where the processor has them. Zeros where a point is of low order; that disturbs no other.</summary>
    /// <exception cref="ArgumentException">The lengths differ or are not a multiple of 32.</exception>
    public static void ScalarMultMany(ReadOnlySpan<byte> scalars, ReadOnlySpan<byte> points, Span<byte> shared) =>
        ScalarMultMany(scalars, points, shared, Widest);

    /// <summary>How many pairs this processor takes side by side: 8, 4 or 1.</summary>
    internal static int Widest => X25519Vector512.IsSupported ? X25519Vector512.Lanes : X25519Vector256.IsSupported ? X25519Vector256.Lanes : 1;

    /// <summary>The same, at most so many side by side: 8, 4 or 1.</summary>
    internal static void ScalarMultMany(
        ReadOnlySpan<byte> scalars, ReadOnlySpan<byte> points, Span<byte> shared, int lanes)
    {
        if (points.Length != scalars.Length || shared.Length != scalars.Length || scalars.Length % Size != 0)
            throw new ArgumentException("scalars, points and shared secrets are as many and have 32 bytes each");
        const int wide = X25519Vector512.Lanes * Size;
        const int chunk = X25519Vector256.Lanes * Size;

        // Five pairs or more are faster in eight lanes than in four and one.
        Span<byte> padded = stackalloc byte[3 * wide];
        while (lanes >= X25519Vector512.Lanes && scalars.Length > chunk)
        {
            var length = Math.Min(wide, scalars.Length);
            if (length == wide)
            {
                X25519Vector512.ScalarMult(scalars[..wide], points[..wide], shared[..wide]);
            }
            else
            {
                Pad(padded, wide, scalars, points);
                X25519Vector512.ScalarMult(padded[..wide], padded.Slice(wide, wide), padded[(2 * wide)..]);
                padded.Slice(2 * wide, length).CopyTo(shared);
                CryptographicOperations.ZeroMemory(padded);
            }

            scalars = scalars[length..];
            points = points[length..];
            shared = shared[length..];
        }

        for (; lanes > 1 && scalars.Length >= chunk; scalars = scalars[chunk..], points = points[chunk..], shared = shared[chunk..])
            X25519Vector256.ScalarMult(scalars[..chunk], points[..chunk], shared[..chunk]);

        if (lanes > 1 && !scalars.IsEmpty)
        {
            // Even one pair alone is faster in one lane of four than on 64-bit words.
            Pad(padded, chunk, scalars, points);
            X25519Vector256.ScalarMult(padded[..chunk], padded.Slice(chunk, chunk), padded.Slice(2 * chunk, chunk));
            padded.Slice(2 * chunk, shared.Length).CopyTo(shared);
            CryptographicOperations.ZeroMemory(padded);
            return;
        }

        for (; !scalars.IsEmpty; scalars = scalars[Size..], points = points[Size..], shared = shared[Size..])
            ScalarMult(scalars[..Size], points[..Size], shared[..Size]);
    }

    private static void Pad(Span<byte> padded, int chunk, ReadOnlySpan<byte> scalars, ReadOnlySpan<byte> points)
    {
        padded.Clear();
        scalars.CopyTo(padded);
        points.CopyTo(padded[chunk..]);
    }

    /// <summary>Whether a shared secret is zero, which it is when its point is of low order (RFC 7748, 6.1). Looks at every byte.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> shared)
    {
        var any = 0;
        foreach (var b in shared)
            any |= b;
        return any == 0;
    }

    /// <summary>The public key of a scalar: point = scalar * 9.</summary>
    /// <remarks>On 64-bit words: a program that makes one key does not wait for a compiler to make vectors of it.</remarks>
    /// <exception cref="ArgumentException">A length is not 32.</exception>
    public static void ScalarMultBase(ReadOnlySpan<byte> scalar, Span<byte> point)
    {
        if (scalar.Length != Size || point.Length != Size)
            throw new ArgumentException("scalars and points have 32 bytes");
        Span<byte> basePoint = stackalloc byte[Size];
        basePoint.Clear();
        basePoint[0] = 9;
        ScalarMult(scalar, basePoint, point);
    }

    /// <summary>RFC 7748, 5: a multiple of the cofactor, with a fixed highest bit.</summary>
    internal static void Clamp(Span<byte> scalar)
    {
        scalar[0] &= 248;
        scalar[31] &= 127;
        scalar[31] |= 64;
    }

    private static void ScalarMult(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> shared)
    {
        Span<byte> clamped = stackalloc byte[Size];
        var ladder = default(X25519Ladder);
        try
        {
            scalar.CopyTo(clamped);
            Clamp(clamped);
            ladder.Start(FieldElement.Read(point));
            for (var i = TopBit; i >= 0; i--)
                ladder.Step((uint)(clamped[i >> 3] >> (i & 7)) & 1);
            ladder.Finish(shared);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clamped);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<X25519Ladder>(ref ladder)));
        }
    }
}
