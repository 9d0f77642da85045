using System;

namespace Warren.Protocol.Crypto;

/// <summary>BLAKE2s (RFC 7693): hash, keyed MAC and HMAC. Constant time in the contents, not in the lengths.</summary>
public static class Blake2s
{
    /// <summary>The longest digest and the longest key of a keyed MAC, in bytes.</summary>
    public const int MaxDigestSize = 32;

    /// <summary>Hashes <paramref name="data"/> into a digest of 1 to 32 bytes.</summary>
    /// <exception cref="ArgumentException">The digest has no such length.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(data, [], digest);

    /// <summary>Hashes <paramref name="first"/> followed by <paramref name="second"/> into a digest of 1 to 32 bytes.</summary>
    /// <exception cref="ArgumentException">The digest has no such length.</exception>
    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        var state = new Blake2sState();
        try
        {
            state.Start([], digest.Length);
            state.Update(first);
            state.Update(second);
            state.Finish(digest);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>Keyed BLAKE2s (RFC 7693 2.9): key of at most 32 bytes, MAC of 1 to 32.</summary>
    /// <exception cref="ArgumentException">The key or the MAC has no such length.</exception>
    public static void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        var state = new Blake2sState();
        try
        {
            state.Start(key, mac.Length);
            state.Update(data);
            state.Finish(mac);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>HMAC (RFC 2104) over BLAKE2s with its block of 64 bytes; the MAC has 32 bytes.</summary>
    /// <exception cref="ArgumentException">The MAC has another length.</exception>
    public static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac) => Hmac(key, data, [], mac);

    /// <summary>HMAC over <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    internal static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> mac)
    {
        if (mac.Length != MaxDigestSize)
            throw new ArgumentException("HMAC-BLAKE2s has 32 bytes", nameof(mac));

        if (first.IsEmpty && second.IsEmpty)
        {
            Blake2sHmac.MacOfNothing(key, mac);
            return;
        }

        var hmac = default(Blake2sHmac);
        hmac.Start(key);
        hmac.Mac(first, second, mac);
        hmac.Clear();
    }
}
