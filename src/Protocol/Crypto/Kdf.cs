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

    /// <summary>Kdf1 with a key prepared before and an input that is not empty.</summary>
    internal static void Derive1(in Blake2sHmac key, ReadOnlySpan<byte> input, Span<byte> first)
    {
        Require(first);
        Span<byte> extracted = stackalloc byte[Size];
        key.Mac(input, [], extracted);
        Expand(extracted, first, [], []);
    }

    private static void Derive(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        Require(first);
        Span<byte> extracted = stackalloc byte[Size];
        Blake2s.Hmac(key, input, extracted);
        Expand(extracted, first, second, third);
    }

    // RFC 5869 2.3. What was extracted is zeroed.
    private static void Expand(Span<byte> extracted, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        Span<byte> output = stackalloc byte[Size];
        var key = default(Blake2sHmac);
        try
        {
            key.Start(extracted);
            key.Mac([1], [], output);
            output.CopyTo(first);
            if (second.IsEmpty)
                return;
            key.Mac(output, [2], output);
            output.CopyTo(second);
            if (third.IsEmpty)
                return;
            key.Mac(output, [3], output);
            output.CopyTo(third);
        }
        finally
        {
            key.Clear();
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
