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
    /// <summary>False when a key of the peer's is of small order. <paramref name="secrets"/> are of <see cref="ResponseSecrets"/>.</summary>
    public static bool TryWrite(
        Handshake handshake, ReadOnlySpan<byte> secrets, ReadOnlySpan<byte> presharedKey, uint localIndex, Span<byte> message)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)MessageType.Response);
        BinaryPrimitives.WriteUInt32LittleEndian(message[4..], localIndex);
        BinaryPrimitives.WriteUInt32LittleEndian(message[Noise.ResponseReceiver..], handshake.RemoteIndex);
        var ephemeral = message.Slice(Noise.ResponseEphemeral, Noise.KeySize);
        var sealedEmpty = message.Slice(Noise.ResponseEmpty, ChaCha20Poly1305.TagSize);

        var ephemeralShared = secrets.Slice(Noise.KeySize, Noise.KeySize);
        var staticShared = secrets.Slice(2 * Noise.KeySize, Noise.KeySize);
        if (X25519.IsZero(ephemeralShared) || X25519.IsZero(staticShared))
            return false;

        Span<byte> key = stackalloc byte[Noise.KeySize];
        try
        {
            var state = handshake.State;
            secrets[..Noise.KeySize].CopyTo(ephemeral);
            state.MixKey(ephemeral);
            state.MixHash(ephemeral);
            state.MixKey(ephemeralShared);
            state.MixKey(staticShared);
            state.MixPresharedKey(presharedKey, key);
            state.SealAndHash(key, default, sealedEmpty);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
