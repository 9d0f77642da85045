using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>The key derivation of the WireGuard paper, 5.4: HKDF (RFC 5869) over HMAC-BLAKE2s with an empty info.</summary>
/// <remarks>An output may be the same memory as the key or the input: outputs are written last.</remarks>
public static class Kdf
{
    private const int Size = 32;

    /// <summary>Kdf1: one output of 32 bytes.</summary>
    /// <exception cref="ArgumentException">The output has another length.</exception>
    public static void Derive1(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> first) =>
        Derive(key, input, first, [], []);

    /// <summary>Kdf2: two outputs of 32 bytes.</summary>
    /// <exception cref="ArgumentException">An output has another length.</exception>
    public static void Derive2(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> first, Span<byte> second)
    {
        Require(second);
        Derive(key, input, first, second, []);
    }

    /// <summary>Kdf3: three outputs of 32 bytes.</summary>
    /// <exception cref="ArgumentException">An output has another length.</exception>
    public static void Derive3(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        Require(second);
        Require(third);
        Derive(key, input, first, second, third);
    }

    private static void Derive(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        Require(first);
        Span<byte> extracted = stackalloc byte[Size];
        Span<byte> output = stackalloc byte[Size];
        try
        {
            Blake2s.Hmac(key, input, extracted);
            Blake2s.Hmac(extracted, [1], output);
            output.CopyTo(first);
            if (second.IsEmpty)
                return;
            Blake2s.Hmac(extracted, output, [2], output);
            output.CopyTo(second);
            if (third.IsEmpty)
                return;
            Blake2s.Hmac(extracted, output, [3], output);
            output.CopyTo(third);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(extracted);
            CryptographicOperations.ZeroMemory(output);
        }
    }

    private static void Require(ReadOnlySpan<byte> output)
    {
        if (output.Length != Size)
            throw new ArgumentException("an output of the key derivation has 32 bytes", nameof(output));
    }
}
