using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using ChaCha20Poly1305 = Warren.Protocol.Crypto.ChaCha20Poly1305;

namespace Warren.Protocol.Handshakes;

/// <summary>The running chaining key and transcript hash of a handshake, over memory of the caller's.</summary>
/// <remarks>A key made by <c>MixKey</c> seals exactly one field, so every nonce is zero (§5.4.2).</remarks>
internal readonly ref struct SymmetricState
{
    /// <summary>Length of the memory it works on.</summary>
    public const int Size = Noise.KeySize + Noise.HashSize;

    private readonly Span<byte> _memory;

    public SymmetricState(Span<byte> memory) => _memory = memory[..Size];

    public Span<byte> ChainingKey => _memory[..Noise.KeySize];

    public Span<byte> Hash => _memory[Noise.KeySize..];

    public void CopyTo(SymmetricState other) => _memory.CopyTo(other._memory);

    private static ReadOnlySpan<byte> ZeroNonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public void MixHash(ReadOnlySpan<byte> data) => Blake2s.Hash(Hash, data, Hash);

    public void MixKey(ReadOnlySpan<byte> input) => Kdf.Derive1(ChainingKey, input, ChainingKey);

    public void MixKey(ReadOnlySpan<byte> input, Span<byte> key) => Kdf.Derive2(ChainingKey, input, ChainingKey, key);

    public void MixPresharedKey(ReadOnlySpan<byte> presharedKey, Span<byte> key)
    {
        Span<byte> temporary = stackalloc byte[Noise.HashSize];
        Kdf.Derive3(ChainingKey, presharedKey, ChainingKey, temporary, key);
        MixHash(temporary);
        CryptographicOperations.ZeroMemory(temporary);
    }

    public void SealAndHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, Span<byte> sealedText)
    {
        ChaCha20Poly1305.Seal(key, ZeroNonce, Hash, plaintext, sealedText);
        MixHash(sealedText);
    }

    public bool TryOpenAndHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedText, Span<byte> plaintext)
    {
        if (!ChaCha20Poly1305.TryOpen(key, ZeroNonce, Hash, sealedText, plaintext))
            return false;
        MixHash(sealedText);
        return true;
    }

    /// <summary>§5.4.5: the session's two keys, the initiator's sending key first.</summary>
    public void Split(Span<byte> initiatorKey, Span<byte> responderKey) =>
        Kdf.Derive2(ChainingKey, default, initiatorKey, responderKey);
}
