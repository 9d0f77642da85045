using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;
using ChaCha20Poly1305 = Warren.Protocol.Crypto.ChaCha20Poly1305;

namespace Warren.Protocol.Handshakes;

/// <summary>Writes a response (§5.4.3), all but its macs. The handshake's state is then ready to be split.</summary>
internal static class ResponseWriter
{
    /// <summary>False when a key of the peer's is of small order.</summary>
    public static bool TryWrite(
        Handshake handshake, ReadOnlySpan<byte> remoteStatic, ReadOnlySpan<byte> presharedKey, uint localIndex,
        Primitives primitives, RandomSource random, Span<byte> message)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)MessageType.Response);
        BinaryPrimitives.WriteUInt32LittleEndian(message[4..], localIndex);
        BinaryPrimitives.WriteUInt32LittleEndian(message[Noise.ResponseReceiver..], handshake.RemoteIndex);
        var ephemeral = message.Slice(Noise.ResponseEphemeral, Noise.KeySize);
        var sealedEmpty = message.Slice(Noise.ResponseEmpty, ChaCha20Poly1305.TagSize);

        Span<byte> ephemeralPrivate = stackalloc byte[Noise.KeySize];
        Span<byte> shared = stackalloc byte[Noise.KeySize];
        Span<byte> key = stackalloc byte[Noise.KeySize];
        try
        {
            var state = handshake.State;
            Noise.Generate(primitives, random, ephemeralPrivate, ephemeral);
            state.MixKey(ephemeral);
            state.MixHash(ephemeral);
            if (!primitives.X25519(ephemeralPrivate, handshake.RemoteEphemeral, shared))
                return false;
            state.MixKey(shared);
            if (!primitives.X25519(ephemeralPrivate, remoteStatic, shared))
                return false;
            state.MixKey(shared);
            state.MixPresharedKey(presharedKey, key);
            state.SealAndHash(key, default, sealedEmpty);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(ephemeralPrivate);
            CryptographicOperations.ZeroMemory(shared);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
