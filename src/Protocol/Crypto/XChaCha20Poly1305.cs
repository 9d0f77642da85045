using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>The AEAD with a 24-byte nonce that may be random: draft-irtf-cfrg-xchacha-03. WireGuard seals cookies with it.</summary>
/// <remarks>Buffers and time as <see cref="ChaCha20Poly1305"/>.</remarks>
public static class XChaCha20Poly1305
{
    /// <summary>A nonce's length in bytes.</summary>
    public const int NonceSize = 24;

    /// <summary>What sealing adds, in bytes.</summary>
    public const int TagSize = ChaCha20Poly1305.TagSize;

    private const int DerivedFrom = 16;

    /// <summary>Encrypts and authenticates. <paramref name="sealedText"/> is 16 bytes longer than the plaintext.</summary>
    /// <exception cref="ArgumentException">A length is wrong, or the buffers overlap by halves.</exception>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext, Span<byte> sealedText)
    {
        Span<byte> derived = stackalloc byte[ChaCha20.KeySize];
        Span<byte> shortNonce = stackalloc byte[ChaCha20.NonceSize];
        try
        {
            Derive(key, nonce, derived, shortNonce);
            ChaCha20Poly1305.Seal(derived, shortNonce, associated, plaintext, sealedText);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Verifies and decrypts. False, and a plaintext of zeros, when the text is not authentic.</summary>
    /// <exception cref="ArgumentException">A length of ours is wrong, or the buffers overlap by halves.</exception>
    public static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> sealedText, Span<byte> plaintext)
    {
        Span<byte> derived = stackalloc byte[ChaCha20.KeySize];
        Span<byte> shortNonce = stackalloc byte[ChaCha20.NonceSize];
        try
        {
            Derive(key, nonce, derived, shortNonce);
            return ChaCha20Poly1305.TryOpen(derived, shortNonce, associated, sealedText, plaintext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>A key from the first 16 bytes of the nonce; the other eight follow four zero bytes.</summary>
    private static void Derive(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> derived, Span<byte> shortNonce)
    {
        if (key.Length != ChaCha20.KeySize)
            throw new ArgumentException("a key has 32 bytes", nameof(key));
        if (nonce.Length != NonceSize)
            throw new ArgumentException("a nonce has 24 bytes", nameof(nonce));
        ChaCha20.DeriveKey(key, nonce[..DerivedFrom], derived);
        shortNonce[..4].Clear();
        nonce[DerivedFrom..].CopyTo(shortNonce[4..]);
    }
}
