using System;
using System.Collections.Generic;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;

namespace Warren.Testing.Simulation;

/// <summary>
/// Diffie-Hellman by looking it up: knows whose public key is whose, and two ends agree on a hash of both public keys.
/// Curve arithmetic, tested elsewhere, is nine tenths of a handshake; without it a simulation sees so many more of
/// them. No secrecy, of course.
/// </summary>
public sealed class IdealDiffieHellman
{
    private readonly Dictionary<PublicKey, PublicKey> _publicKeys = [];
    private readonly PublicKey _basePoint;

    public IdealDiffieHellman()
    {
        Span<byte> basePoint = stackalloc byte[PublicKey.Size];
        basePoint.Clear();
        basePoint[0] = 9;
        _basePoint = PublicKey.FromBytes(basePoint);
        Primitives = new Primitives { X25519 = TryAgree };
    }

    /// <summary>What tunnels of one simulation use: all else in it is the real thing.</summary>
    public Primitives Primitives { get; }

    /// <summary>Makes a static key pair known.</summary>
    public void Register(PrivateKey privateKey, PublicKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        Span<byte> scalar = stackalloc byte[PublicKey.Size];
        privateKey.CopyTo(scalar);
        _publicKeys[PublicKey.FromBytes(scalar)] = publicKey;
    }

    private bool TryAgree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> shared)
    {
        shared.Clear();
        var (privateKey, remote) = (PublicKey.FromBytes(scalar), PublicKey.FromBytes(point));
        if (remote.IsZero)
            return false;
        if (!_publicKeys.TryGetValue(privateKey, out var own))
        {
            Blake2s.Hash("public key of"u8, scalar, shared);
            own = PublicKey.FromBytes(shared);
            _publicKeys.Add(privateKey, own);
        }

        Span<byte> left = stackalloc byte[PublicKey.Size], right = stackalloc byte[PublicKey.Size];
        own.Write(left);
        if (remote == _basePoint)
        {
            left.CopyTo(shared);
            return true;
        }

        remote.Write(right);
        if (left.SequenceCompareTo(right) < 0)
            Blake2s.Hash(left, right, shared);
        else
            Blake2s.Hash(right, left, shared);
        return true;
    }
}
