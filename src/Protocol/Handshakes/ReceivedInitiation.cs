using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Handshakes;

/// <summary>An initiation whose static key was read and authenticated, on its way to the tunnel of that key. That it is
/// fresh, and from the holder of that key, is not known before <see cref="Tunnel.HandleInitiation"/> says so.</summary>
/// <remarks>Borrows the message: valid as long as that memory. Holds secrets of the handshake: call <see cref="Clear"/>.</remarks>
public ref struct ReceivedInitiation
{
    private Memory _state;

    internal ReceivedInitiation(ReadOnlySpan<byte> message) => Message = message;

    /// <summary>The peer it claims to be from.</summary>
    public PublicKey RemoteStatic { get; internal set; }

    /// <summary>The index the peer gave to this handshake.</summary>
    public readonly uint SenderIndex => MessageHeader.SenderIndex(Message);

    internal ReadOnlySpan<byte> Message { get; }

    [UnscopedRef]
    internal SymmetricState State => new(_state);

    /// <summary>Copies chaining key and hash.</summary>
    internal readonly void CopyState(Span<byte> destination) => ((ReadOnlySpan<byte>)_state).CopyTo(destination);

    /// <summary>Zeroes what it holds of the handshake.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(_state);

    [InlineArray(SymmetricState.Size)]
    private struct Memory
    {
        private byte _first;
    }
}
