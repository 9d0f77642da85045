using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>A key of HMAC-BLAKE2s (RFC 2104), both of its pads already compressed: each MAC then costs two blocks less.</summary>
/// <remarks>Secret: <see cref="Clear"/> it, unless its key is public.</remarks>
internal struct Blake2sHmac
{
    private const int BlockSize = Blake2sCompression.BlockSize;

    private Vector256<uint> _low;  // Inner, then outer.
    private Vector256<uint> _high;

    /// <summary>Takes a key of any length.</summary>
    public void Start(ReadOnlySpan<byte> key)
    {
        Span<byte> pads = stackalloc byte[2 * BlockSize];
        var inner = pads[..BlockSize];
        var outer = pads[BlockSize..];
        Pad(key, 0x36, inner);
        Pad(key, 0x5c, outer);

        var state = default(Blake2sState);
        state.Start([], Blake2s.MaxDigestSize);
        state.ChainingValue(out var low, out var high);
        _low = Vector256.Create(low, low);
        _high = Vector256.Create(high, high);
        Blake2sCompression.CompressFirstPair(ref _low, ref _high, inner, outer);
        CryptographicOperations.ZeroMemory(pads);
    }

    /// <summary>The MAC of <paramref name="first"/> followed by <paramref name="second"/>, 32 bytes. It may be either's memory.</summary>
    /// <exception cref="ArgumentException">Both are empty: the pad would be the last block, and is compressed as one that is not.</exception>
    public readonly void Mac(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> mac)
    {
        if (first.IsEmpty && second.IsEmpty)
            throw new ArgumentException("a prepared key authenticates no empty message", nameof(first));
        Span<byte> digest = stackalloc byte[Blake2s.MaxDigestSize];
        var state = new Blake2sState();
        state.Resume(_low.GetLower(), _high.GetLower(), BlockSize);
        state.Update(first);
        state.Update(second);
        state.Finish(digest);

        state.Resume(_low.GetUpper(), _high.GetUpper(), BlockSize);
        state.Update(digest);
        state.Finish(mac);
        state.Clear();
        CryptographicOperations.ZeroMemory(digest);
    }

    /// <summary>The MAC, 32 bytes, of an empty message.</summary>
    public static void MacOfNothing(ReadOnlySpan<byte> key, Span<byte> mac)
    {
        Span<byte> pad = stackalloc byte[BlockSize];
        Span<byte> digest = stackalloc byte[Blake2s.MaxDigestSize];
        Pad(key, 0x36, pad);
        Blake2s.Hash(pad, digest);
        Pad(key, 0x5c, pad);
        Blake2s.Hash(pad, digest, mac);
        CryptographicOperations.ZeroMemory(pad);
        CryptographicOperations.ZeroMemory(digest);
    }

    /// <summary>Forgets the key.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Blake2sHmac>(ref this)));

    private static void Pad(ReadOnlySpan<byte> key, byte pattern, Span<byte> pad)
    {
        pad.Clear();
        if (key.Length > BlockSize)
            Blake2s.Hash(key, pad[..Blake2s.MaxDigestSize]);
        else
            key.CopyTo(pad);
        foreach (ref var b in pad)
            b ^= pattern;
    }
}
