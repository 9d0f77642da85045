using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>X25519 (RFC 7748, 5), by the Montgomery ladder. Constant time in scalar and point.</summary>
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

            // All zero exactly when the point is of low order (RFC 7748, 6.1). Every byte is looked at.
            var any = 0;
            foreach (var b in shared)
                any |= b;
            return any != 0;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clamped);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<X25519Ladder>(ref ladder)));
        }
    }

    /// <summary>The public key of a scalar: point = scalar * 9.</summary>
    /// <exception cref="ArgumentException">A length is not 32.</exception>
    public static void ScalarMultBase(ReadOnlySpan<byte> scalar, Span<byte> point)
    {
        Span<byte> basePoint = stackalloc byte[Size];
        basePoint.Clear();
        basePoint[0] = 9;
        TryScalarMult(scalar, basePoint, point);
    }

    /// <summary>RFC 7748, 5: a multiple of the cofactor, with a fixed highest bit.</summary>
    internal static void Clamp(Span<byte> scalar)
    {
        scalar[0] &= 248;
        scalar[31] &= 127;
        scalar[31] |= 64;
    }
}
