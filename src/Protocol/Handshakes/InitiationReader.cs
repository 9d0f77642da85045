using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Handshakes;

/// <summary>Reads an initiation (§5.4.2) as responder: first whose it is, then, once its tunnel is known, its timestamp.</summary>
/// <remarks>Thread safe. Costs one DH; the door (<see cref="CookieChecker"/>) comes first.</remarks>
public static class InitiationReader
{
    /// <summary>Opens the static key. <see cref="DropReason.None"/>, or why the message is dropped.</summary>
    /// <param name="local">The identity it is for.</param>
    /// <param name="message">A message whose first mac was checked; borrowed by <paramref name="initiation"/>.</param>
    /// <param name="initiation">What was read; meaningless when dropped.</param>
    public static DropReason Read(LocalIdentity local, ReadOnlySpan<byte> message, out ReceivedInitiation initiation)
    {
        ArgumentNullException.ThrowIfNull(local);
        Span<byte> shared = stackalloc byte[Noise.KeySize];
        shared.Clear();
        if (MessageHeader.Classify(message) == MessageType.Initiation)
            local.TryDerive(message.Slice(Noise.InitiationEphemeral, Noise.KeySize), shared);
        var reason = Read(local, message, shared, out initiation);
        CryptographicOperations.ZeroMemory(shared);
        return reason;
    }

    /// <summary>The same with the DH of the message's ephemeral key and ours at hand; zero: the key is of small order.</summary>
    internal static DropReason Read(
        LocalIdentity local, ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> shared, out ReceivedInitiation initiation)
    {
        initiation = new ReceivedInitiation(message);
        if (MessageHeader.Classify(message) != MessageType.Initiation)
            return DropReason.Malformed;
        if (X25519.IsZero(shared))
            return DropReason.LowOrderPoint;

        var state = initiation.State;
        local.ResponderHash.CopyTo(state.Hash);
        var ephemeral = message.Slice(Noise.InitiationEphemeral, Noise.KeySize);
        Noise.FirstChainingKey(ephemeral, state.ChainingKey);
        state.MixHash(ephemeral);

        Span<byte> key = stackalloc byte[Noise.KeySize];
        try
        {
            state.MixKey(shared, key);
            Span<byte> remoteStatic = stackalloc byte[Noise.KeySize];
            var sealedStatic = message.Slice(Noise.InitiationStatic, Noise.SealedKeySize);
            if (!state.TryOpenAndHash(key, sealedStatic, remoteStatic))
                return DropReason.HandshakeDecryptFailed;
            initiation.RemoteStatic = PublicKey.FromBytes(remoteStatic);
            return DropReason.None;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens the timestamp, which proves the static key. <paramref name="state"/> holds a copy of what was read.</summary>
    internal static bool TryReadTimestamp(
        scoped SymmetricState state, scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> staticStatic, out Tai64N timestamp)
    {
        Span<byte> key = stackalloc byte[Noise.KeySize];
        Span<byte> label = stackalloc byte[Tai64N.Size];
        state.MixKey(staticStatic, key);
        var opened = state.TryOpenAndHash(key, message.Slice(Noise.InitiationTimestamp, Noise.SealedTimestampSize), label);
        CryptographicOperations.ZeroMemory(key);
        timestamp = Tai64N.Read(label);
        return opened;
    }
}
