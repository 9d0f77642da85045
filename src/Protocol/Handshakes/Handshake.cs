using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Handshakes;

/// <summary>What must be kept between two messages of a handshake: by the initiator until the response, by the responder
/// from the initiation until its response is written. Pinned, and zero whenever no handshake is open.</summary>
internal sealed class Handshake
{
    private readonly byte[] _memory = GC.AllocateArray<byte>(SymmetricState.Size + 2 * Noise.KeySize, pinned: true);

    /// <summary>Whether a handshake is open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Initiator: our index in the index table.</summary>
    public uint LocalIndex { get; set; }

    /// <summary>Responder: the sender index of the initiation.</summary>
    public uint RemoteIndex { get; set; }

    public SymmetricState State => new(_memory);

    /// <summary>Initiator: our ephemeral private key.</summary>
    public Span<byte> EphemeralPrivate => _memory.AsSpan(SymmetricState.Size, Noise.KeySize);

    /// <summary>Responder: the initiator's ephemeral public key.</summary>
    public Span<byte> RemoteEphemeral => _memory.AsSpan(SymmetricState.Size + Noise.KeySize, Noise.KeySize);

    /// <summary>Zeroes everything.</summary>
    public void Clear()
    {
        IsOpen = false;
        LocalIndex = 0;
        RemoteIndex = 0;
        CryptographicOperations.ZeroMemory(_memory);
    }
}
