using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>The AEAD of RFC 8439: ChaCha20 and Poly1305. Stateless, thread safe, allocates nothing.</summary>
/// <remarks>
/// Input and output may be the same memory from the same start, or must not overlap at all.
/// Time depends on the lengths only; a tag is compared in full and before any plaintext is written.
/// </remarks>
public static class ChaCha20Poly1305
{
    /// <summary>A key's length in bytes.</summary>
    public const int KeySize = ChaCha20.KeySize;

    /// <summary>A nonce's length in bytes.</summary>
    public const int NonceSize = ChaCha20.NonceSize;

    /// <summary>What sealing adds, in bytes.</summary>
    public const int TagSize = Poly1305.TagSize;

    /// <summary>How much keystream is made at once; its first block is the one-time key of Poly1305.</summary>
    private const int ChunkSize = 16 * ChaCha20.BlockSize;

    /// <summary>What a text of one block, keepalives too, needs at most: less to wipe.</summary>
    private const int ShortSize = 4 * ChaCha20.BlockSize;
    private const int ShortText = ChaCha20.BlockSize;

    /// <summary>Encrypts and authenticates. <paramref name="sealedText"/> is 16 bytes longer than the plaintext.</summary>
    /// <exception cref="ArgumentException">A length is wrong, or the buffers overlap by halves.</exception>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext, Span<byte> sealedText) =>
        Seal(key, nonce, associated, plaintext, sealedText, VectorWidths.Widest);

    /// <summary>Verifies and decrypts. False, and a plaintext of zeros, when the text is not authentic.</summary>
    /// <exception cref="ArgumentException">A length of ours is wrong, or the buffers overlap by halves.</exception>
    public static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> sealedText, Span<byte> plaintext) =>
        TryOpen(key, nonce, associated, sealedText, plaintext, VectorWidths.Widest);

    /// <summary>Seals by vectors of a given width: tests compare them all.</summary>
    internal static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext, Span<byte> sealedText, VectorWidth width)
    {
        Require(key.Length == KeySize, "a key has 32 bytes", nameof(key));
        Require(nonce.Length == NonceSize, "a nonce has 12 bytes", nameof(nonce));
        Require(sealedText.Length - TagSize == plaintext.Length, "a sealed text is 16 bytes longer", nameof(sealedText));
        RequireSameOrDisjoint(plaintext, sealedText);

        var ciphertext = sealedText[..plaintext.Length];
        Span<uint> state = stackalloc uint[ChaCha20.StateWords];
        Span<byte> stream = plaintext.Length > ShortText ? stackalloc byte[ChunkSize] : stackalloc byte[ShortSize];
        var poly = default(Poly1305);
        try
        {
            ChaCha20.Start(state, key, 0, nonce);
            poly = FirstChunk(state, stream, plaintext.Length, width);
            Crypt(state, stream, plaintext, ciphertext, width);
            Tag(ref poly, associated, ciphertext, sealedText[plaintext.Length..]);
        }
        finally
        {
            Forget(state, stream, ref poly);
        }
    }

    /// <summary>Opens by vectors of a given width.</summary>
    internal static bool TryOpen(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> sealedText, Span<byte> plaintext, VectorWidth width)
    {
        Require(key.Length == KeySize, "a key has 32 bytes", nameof(key));
        Require(nonce.Length == NonceSize, "a nonce has 12 bytes", nameof(nonce));
        if (sealedText.Length < TagSize)
        {
            plaintext.Clear();
            return false;
        }

        var ciphertext = sealedText[..^TagSize];
        Require(plaintext.Length == ciphertext.Length, "a plaintext is 16 bytes shorter", nameof(plaintext));
        RequireSameOrDisjoint(sealedText, plaintext);

        Span<uint> state = stackalloc uint[ChaCha20.StateWords];
        Span<byte> stream = ciphertext.Length > ShortText ? stackalloc byte[ChunkSize] : stackalloc byte[ShortSize];
        Span<byte> tag = stackalloc byte[TagSize];
        var poly = default(Poly1305);
        try
        {
            ChaCha20.Start(state, key, 0, nonce);
            poly = FirstChunk(state, stream, ciphertext.Length, width);
            Tag(ref poly, associated, ciphertext, tag);
            if (!Poly1305.AreEqual(tag, sealedText[ciphertext.Length..]))
            {
                plaintext.Clear();
                return false;
            }

            Crypt(state, stream, ciphertext, plaintext, width);
            return true;
        }
        finally
        {
            Forget(state, stream, ref poly);
            CryptographicOperations.ZeroMemory(tag);
        }
    }

    /// <summary>Makes the first chunk of keystream and the one-time authenticator from its first block (RFC 8439 2.6).</summary>
    private static Poly1305 FirstChunk(Span<uint> state, Span<byte> stream, int length, VectorWidth width)
    {
        var needed = Math.Min(ChunkSize, ChaCha20.BlockSize + length);
        ChaCha20.Keystream(state, stream[..ChaCha20.RoundUp(needed, width)], width);
        return new Poly1305(stream, width);
    }

    /// <summary>Adds the keystream: first what the first chunk holds after its first block, then chunk by chunk.</summary>
    private static void Crypt(
        Span<uint> state, Span<byte> stream, ReadOnlySpan<byte> input, Span<byte> output, VectorWidth width)
    {
        var made = stream[ChaCha20.BlockSize..];
        while (true)
        {
            var length = Math.Min(made.Length, input.Length);
            Combine(input[..length], made[..length], output[..length]);
            input = input[length..];
            output = output[length..];
            if (input.IsEmpty)
                return;
            made = stream;
            ChaCha20.Keystream(state, stream[..ChaCha20.RoundUp(Math.Min(ChunkSize, input.Length), width)], width);
        }
    }

    /// <summary>output = input xor stream, all of one length.</summary>
    private static void Combine(ReadOnlySpan<byte> input, ReadOnlySpan<byte> stream, Span<byte> output)
    {
        while (input.Length >= Vector256<byte>.Count)
        {
            (Vector256.Create(input) ^ Vector256.Create(stream)).CopyTo(output);
            input = input[Vector256<byte>.Count..];
            stream = stream[Vector256<byte>.Count..];
            output = output[Vector256<byte>.Count..];
        }

        while (input.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output,
                BinaryPrimitives.ReadUInt64LittleEndian(input) ^ BinaryPrimitives.ReadUInt64LittleEndian(stream));
            input = input[sizeof(ulong)..];
            stream = stream[sizeof(ulong)..];
            output = output[sizeof(ulong)..];
        }

        for (var i = 0; i < input.Length; i++)
            output[i] = (byte)(input[i] ^ stream[i]);
    }

    private static void Tag(
        ref Poly1305 poly, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext, Span<byte> tag)
    {
        poly.UpdatePadded(associated);
        poly.UpdatePadded(ciphertext);
        poly.UpdateLengths(associated.Length, ciphertext.Length);
        poly.Finish(tag);
    }

    private static void Forget(Span<uint> state, Span<byte> stream, ref Poly1305 poly)
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(state));
        CryptographicOperations.ZeroMemory(stream);
        poly.Clear();
    }

    private static void RequireSameOrDisjoint(ReadOnlySpan<byte> input, ReadOnlySpan<byte> output) =>
        Require(!input.Overlaps(output, out var offset) || offset == 0, "the buffers overlap by halves", nameof(output));

    private static void Require(bool condition, string rule, string parameter)
    {
        if (!condition)
            throw new ArgumentException(rule, parameter);
    }
}
