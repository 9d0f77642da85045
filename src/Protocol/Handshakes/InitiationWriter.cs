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
        Span<byte> key = stackalloc byte[Noise.KeySize];
        Span<byte> scalars = stackalloc byte[2 * Noise.KeySize];
        Span<byte> points = stackalloc byte[2 * Noise.KeySize];
        Span<byte> derived = stackalloc byte[2 * Noise.KeySize];
        var shared = derived[Noise.KeySize..];
        Noise.Generate(random, handshake.EphemeralPrivate);
        handshake.EphemeralPrivate.CopyTo(scalars);
        handshake.EphemeralPrivate.CopyTo(scalars[Noise.KeySize..]);
        Noise.BasePoint.CopyTo(points);
        remoteStatic.CopyTo(points[Noise.KeySize..]);
        primitives.X25519Many(scalars, points, derived);
        CryptographicOperations.ZeroMemory(scalars);
        derived[..Noise.KeySize].CopyTo(ephemeral);
        Noise.FirstChainingKey(ephemeral, state.ChainingKey);
        state.MixHash(ephemeral);

        Span<byte> label = stackalloc byte[Tai64N.Size];
        try
        {
            if (X25519.IsZero(shared))
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
