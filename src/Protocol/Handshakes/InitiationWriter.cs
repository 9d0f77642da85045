using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Handshakes;

/// <summary>Writes an initiation (§5.4.2), all but its macs.</summary>
internal static class InitiationWriter
{
    /// <summary>Opens <paramref name="handshake"/> with its index already set. False when the peer's key is of small order.</summary>
    public static bool TryWrite(
        Handshake handshake, LocalIdentity local, ReadOnlySpan<byte> remoteStatic, ReadOnlySpan<byte> staticStatic,
        Tai64N timestamp, Primitives primitives, RandomSource random, Span<byte> message)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)MessageType.Initiation);
        BinaryPrimitives.WriteUInt32LittleEndian(message[4..], handshake.LocalIndex);
        var ephemeral = message.Slice(Noise.InitiationEphemeral, Noise.KeySize);
        var sealedStatic = message.Slice(Noise.InitiationStatic, Noise.SealedKeySize);
        var sealedTimestamp = message.Slice(Noise.InitiationTimestamp, Noise.SealedTimestampSize);

        var state = handshake.State;
        Noise.StartHash(remoteStatic, state.Hash);
        Noise.Generate(primitives, random, handshake.EphemeralPrivate, ephemeral);
        Noise.FirstChainingKey(ephemeral, state.ChainingKey);
        state.MixHash(ephemeral);

        Span<byte> key = stackalloc byte[Noise.KeySize];
        Span<byte> shared = stackalloc byte[Noise.KeySize];
        Span<byte> label = stackalloc byte[Tai64N.Size];
        try
        {
            if (!primitives.X25519(handshake.EphemeralPrivate, remoteStatic, shared))
                return false;
            state.MixKey(shared, key);
            state.SealAndHash(key, local.PublicKeyBytes, sealedStatic);
            state.MixKey(staticStatic, key);
            timestamp.Write(label);
            state.SealAndHash(key, label, sealedTimestamp);
            handshake.IsOpen = true;
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(shared);
        }
    }
}
