using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using ChaCha20Poly1305 = Warren.Protocol.Crypto.ChaCha20Poly1305;

namespace Warren.Protocol.Handshakes;

/// <summary>Reads a response (§5.4.3) as initiator.</summary>
internal static class ResponseReader
{
    /// <summary>On <see cref="DropReason.None"/> the handshake's state is ready to be split; otherwise it is untouched, so
    /// that a forged response does not close a handshake.</summary>
    public static DropReason Read(
        Handshake handshake, LocalIdentity local, ReadOnlySpan<byte> presharedKey, ReadOnlySpan<byte> message)
    {
        var ephemeral = message.Slice(Noise.ResponseEphemeral, Noise.KeySize);
        var sealedEmpty = message.Slice(Noise.ResponseEmpty, ChaCha20Poly1305.TagSize);

        Span<byte> memory = stackalloc byte[SymmetricState.Size];
        Span<byte> shared = stackalloc byte[2 * Noise.KeySize];
        Span<byte> key = stackalloc byte[Noise.KeySize];
        try
        {
            var state = new SymmetricState(memory);
            handshake.State.CopyTo(state);
            state.MixKey(ephemeral);
            state.MixHash(ephemeral);
            local.DeriveBoth(handshake.EphemeralPrivate, ephemeral, shared);
            var ephemeralShared = shared[..Noise.KeySize];
            var staticShared = shared[Noise.KeySize..];
            if (X25519.IsZero(ephemeralShared) || X25519.IsZero(staticShared))
                return DropReason.LowOrderPoint;
            state.MixKey(ephemeralShared);
            state.MixKey(staticShared);
            state.MixPresharedKey(presharedKey, key);
            if (!state.TryOpenAndHash(key, sealedEmpty, default))
                return DropReason.WrongPresharedKeyOrIdentity;
            state.CopyTo(handshake.State);
            return DropReason.None;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(memory);
            CryptographicOperations.ZeroMemory(shared);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
