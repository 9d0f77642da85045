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

    /// <summary>The same for several points of 32 bytes each.</summary>
    internal void DeriveMany(ReadOnlySpan<byte> points, Span<byte> shared)
    {
        shared.Clear();
        if (_disposed)
            return;
        Span<byte> keys = stackalloc byte[HandshakeBatch.Capacity * Noise.KeySize];
        keys = keys[..points.Length];
        for (var at = 0; at < keys.Length; at += Noise.KeySize)
            _key.CopyTo(keys[at..]);
        _primitives.X25519Many(keys, points, shared);
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>DH of another private key and a point, then of ours and the same point, side by side.</summary>
    internal void DeriveBoth(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> point, Span<byte> shared)
    {
        shared.Clear();
        if (_disposed)
            return;
        Span<byte> keys = stackalloc byte[2 * Noise.KeySize];
        Span<byte> points = stackalloc byte[2 * Noise.KeySize];
        privateKey.CopyTo(keys);
        _key.CopyTo(keys[Noise.KeySize..]);
        point.CopyTo(points);
        point.CopyTo(points[Noise.KeySize..]);
        _primitives.X25519Many(keys, points, shared);
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_key);
    }
}
