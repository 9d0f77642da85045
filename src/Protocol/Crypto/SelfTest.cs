using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>
/// Known answers of every primitive, for a program to check before it seals anything: what a compiler, a processor or a library does wrong on
/// this machine is then seen before a peer sees it. As a side effect everything is compiled that handshakes and packets use.
/// </summary>
public static class SelfTest
{
    private const int Packets = 40;
    private const int Stride = 1536;

    // RFC 8439 §2.8.2, without the text, which is the example's well-known sentence.
    private const string AeadKey = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
    private const string AeadNonce = "070000004041424344454647";
    private const string AeadAssociated = "50515253c0c1c2c3c4c5c6c7";
    private const string AeadTag = "1ae10b594f09e26a7e902ecbd0600691";

    private static ReadOnlySpan<byte> AeadText =>
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8;

    /// <summary>Checks <paramref name="primitives"/>. Null when all is right, else the name of what is not.</summary>
    public static string? FirstFailure(Primitives primitives)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        return !HashIsRight() ? "BLAKE2s"
            : !CurveIsRight(primitives) ? "X25519"
            : !CipherIsRight() ? "ChaCha20-Poly1305"
            : !BatchIsRight(primitives) ? "ChaCha20-Poly1305 in batches"
            : null;
    }

    // RFC 7693, appendix B.
    private static bool HashIsRight()
    {
        Span<byte> digest = stackalloc byte[Blake2s.MaxDigestSize];
        Blake2s.Hash("abc"u8, digest);
        return Is(digest, "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    }

    // RFC 7748 §5.2, the first vector, and §6.1, a public key.
    private static bool CurveIsRight(Primitives primitives)
    {
        Span<byte> result = stackalloc byte[X25519.Size];
        return primitives.X25519(
                Convert.FromHexString("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                Convert.FromHexString("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"), result)
            && Is(result, "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
            && IsPublicKey(Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
            && PublicKeysAreRight(primitives);
    }

    // Nine public keys side by side, a vector full and one that is not, as each is made alone on 64-bit words.
    private static bool PublicKeysAreRight(Primitives primitives)
    {
        const int keys = 9;
        Span<byte> scalars = stackalloc byte[keys * X25519.Size];
        Span<byte> points = stackalloc byte[keys * X25519.Size];
        Span<byte> results = stackalloc byte[keys * X25519.Size];
        Span<byte> expected = stackalloc byte[X25519.Size];
        points.Clear();
        for (var i = 0; i < scalars.Length; i++)
            scalars[i] = (byte)(i * 167 >> 3);
        for (var at = 0; at < points.Length; at += X25519.Size)
            points[at] = 9;
        primitives.X25519Many(scalars, points, results);
        for (var at = 0; at < results.Length; at += X25519.Size)
        {
            X25519.ScalarMultBase(scalars.Slice(at, X25519.Size), expected);
            if (!results.Slice(at, X25519.Size).SequenceEqual(expected))
                return false;
        }

        return true;
    }

    private static bool IsPublicKey(ReadOnlySpan<byte> scalar)
    {
        Span<byte> point = stackalloc byte[X25519.Size];
        X25519.ScalarMultBase(scalar, point);
        return Is(point, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    }

    private static bool CipherIsRight()
    {
        Span<byte> text = stackalloc byte[AeadText.Length + ChaCha20Poly1305.TagSize];
        var (key, nonce, associated) = (Convert.FromHexString(AeadKey), Convert.FromHexString(AeadNonce), Convert.FromHexString(AeadAssociated));
        ChaCha20Poly1305.Seal(key, nonce, associated, AeadText, text);
        return Is(text[AeadText.Length..], AeadTag)
            && ChaCha20Poly1305.TryOpen(key, nonce, associated, text, text[..AeadText.Length])
            && text[..AeadText.Length].SequenceEqual(AeadText);
    }

    // Each packet of a batch as if it were sealed alone; one that was touched is not authentic, and its neighbours are.
    private static bool BatchIsRight(Primitives primitives)
    {
        var key = Convert.FromHexString(AeadKey);
        var source = new byte[Packets * Stride];
        var destination = new byte[Packets * Stride];
        var alone = new byte[Stride];
        var packets = new AeadPacket[Packets];
        for (var i = 0; i < source.Length; i++)
            source[i] = (byte)(i * 167 >> 3);
        for (var i = 0; i < Packets; i++)
        {
            var length = i % 3 == 0 ? 1420 : i * 31;
            packets[i] = new AeadPacket { Counter = (ulong)i << 30, Source = i * Stride, Destination = i * Stride, Length = length, PaddedLength = length };
        }

        primitives.SealBatch(key, source, destination, packets);
        foreach (var packet in packets)
        {
            var size = packet.Length + ChaCha20Poly1305.TagSize;
            primitives.Seal(key, packet.Counter, source.AsSpan(packet.Source, packet.Length), alone.AsSpan(0, size));
            if (!alone.AsSpan(0, size).SequenceEqual(destination.AsSpan(packet.Destination, size)))
                return false;
        }

        const int Touched = 7;
        destination[packets[Touched].Destination] ^= 1;
        if (primitives.OpenBatch(key, destination, packets) != Packets - 1 || packets[Touched].IsAuthentic)
            return false;
        packets[Touched].Length = 0;
        foreach (var packet in packets)
        {
            if (!source.AsSpan(packet.Source, packet.Length).SequenceEqual(destination.AsSpan(packet.Destination, packet.Length)))
                return false;
        }

        return !primitives.Open(key, 0, alone, alone.AsSpan(0, Stride - ChaCha20Poly1305.TagSize));
    }

    private static bool Is(ReadOnlySpan<byte> bytes, string hex) => CryptographicOperations.FixedTimeEquals(bytes, Convert.FromHexString(hex));
}
