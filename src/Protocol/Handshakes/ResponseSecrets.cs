using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Handshakes;

/// <summary>What a response asks of the curve: a fresh ephemeral key and its two shared secrets (§5.4.3), of one handshake or of
/// several side by side.</summary>
internal static class ResponseSecrets
{
    /// <summary>Bytes per handshake: the ephemeral public key, its secret with the initiator's ephemeral key, and with the static one.</summary>
    public const int Size = 3 * Noise.KeySize;

    /// <summary>Bytes per handshake of the points: the base point, the initiator's ephemeral key, its static key.</summary>
    public const int PointsSize = Size;

    /// <summary>Writes what the handshakes with these points need. A secret is zero where a point is of small order.</summary>
    /// <param name="primitives">What computes DH.</param>
    /// <param name="random">For the ephemeral keys.</param>
    /// <param name="points">A multiple of <see cref="PointsSize"/>, as <see cref="WritePoints"/> makes it.</param>
    /// <param name="scalars">Scratch as long as the points; zero again afterwards.</param>
    /// <param name="secrets">As long as the points; the caller's to zero.</param>
    public static void Generate(
        Primitives primitives, RandomSource random, ReadOnlySpan<byte> points, Span<byte> scalars, Span<byte> secrets)
    {
        try
        {
            for (var at = 0; at < points.Length; at += Size)
            {
                var scalar = scalars.Slice(at, Noise.KeySize);
                Noise.Generate(random, scalar);
                scalar.CopyTo(scalars[(at + Noise.KeySize)..]);
                scalar.CopyTo(scalars[(at + (2 * Noise.KeySize))..]);
            }

            primitives.X25519Many(scalars, points, secrets);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalars);
        }
    }

    /// <summary>The points of one handshake.</summary>
    public static void WritePoints(ReadOnlySpan<byte> remoteEphemeral, ReadOnlySpan<byte> remoteStatic, Span<byte> points)
    {
        Noise.BasePoint.CopyTo(points);
        remoteEphemeral.CopyTo(points[Noise.KeySize..]);
        remoteStatic.CopyTo(points[(2 * Noise.KeySize)..]);
    }
}
