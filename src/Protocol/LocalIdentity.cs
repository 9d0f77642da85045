using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;

namespace Warren.Protocol;

/// <summary>A device's own static identity, shared by its tunnels. Immutable: a new key makes a new identity.</summary>
/// <remarks>Thread safe. Keeps its own copy of the key in pinned memory. Dispose it after every tunnel was given another one;
/// a message that is just being read with it by another thread is then dropped, as nothing authenticates any more.</remarks>
public sealed class LocalIdentity : IDisposable
{
    private readonly byte[] _key = GC.AllocateArray<byte>(Noise.KeySize, pinned: true);
    private readonly byte[] _publicKey = new byte[Noise.KeySize];
    private readonly byte[] _responderHash = new byte[Noise.HashSize];
    private readonly Primitives _primitives;
    private volatile bool _disposed;

    /// <summary>An identity of <paramref name="key"/>, which stays the caller's.</summary>
    public LocalIdentity(PrivateKey key, Primitives primitives)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(primitives);
        key.CopyTo(_key);
        PublicKey = key.PublicKey;
        PublicKey.Write(_publicKey);
        _primitives = primitives;
        Noise.StartHash(_publicKey, _responderHash);
    }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    internal ReadOnlySpan<byte> PublicKeyBytes => _publicKey;

    /// <summary>The transcript hash every initiation to us starts from.</summary>
    internal ReadOnlySpan<byte> ResponderHash => _responderHash;

    /// <summary>DH of the private key and a point; false, and zeros, when the point is of small order.</summary>
    internal bool TryDerive(ReadOnlySpan<byte> point, Span<byte> shared)
    {
        if (!_disposed)
            return _primitives.X25519(_key, point, shared);
        shared.Clear();
        return false;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_key);
    }
}
