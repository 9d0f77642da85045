using System;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Handshakes;

/// <summary>The fixed values of Noise_IKpsk2 as WireGuard uses it (§5.4), and where things stand in its two messages.</summary>
internal static class Noise
{
    public const int KeySize = 32;
    public const int HashSize = 32;
    public const int SealedKeySize = KeySize + ChaCha20Poly1305.TagSize;
    public const int SealedTimestampSize = Tai64N.Size + ChaCha20Poly1305.TagSize;

    // Both messages: type at 0, sender index at 4. §5.4.2, §5.4.3.
    public const int InitiationEphemeral = 8;
    public const int InitiationStatic = InitiationEphemeral + KeySize;
    public const int InitiationTimestamp = InitiationStatic + SealedKeySize;
    public const int ResponseReceiver = 8;
    public const int ResponseEphemeral = 12;
    public const int ResponseEmpty = ResponseEphemeral + KeySize;

    private static readonly byte[] Start = HashOf("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"u8, default);
    private static readonly byte[] StartWithIdentifier = HashOf(Start, "WireGuard v1 zx2c4 Jason@zx2c4.com"u8);

    private static readonly Blake2sHmac StartKey = PrepareStart();

    /// <summary>The chaining key after the first ephemeral key of a handshake. Before, it is the hash of the construction's
    /// name, the same for all.</summary>
    public static void FirstChainingKey(ReadOnlySpan<byte> ephemeral, Span<byte> chainingKey) =>
        Kdf.Derive1(StartKey, ephemeral, chainingKey);

    /// <summary>The transcript hash of a handshake whose responder has this static key.</summary>
    public static void StartHash(ReadOnlySpan<byte> responderStatic, Span<byte> hash) =>
        Blake2s.Hash(StartWithIdentifier, responderStatic, hash);

    /// <summary>The curve's base point: a private key times it is the public key.</summary>
    public static ReadOnlySpan<byte> BasePoint =>
        [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A fresh ephemeral private key.</summary>
    public static void Generate(RandomSource random, Span<byte> privateKey)
    {
        random.Fill(privateKey);
    }

    /// <summary>The key of a mac or a cookie of one public key: hash of label and key (§5.4.4, §5.4.7).</summary>
    public static void LabelledKey(ReadOnlySpan<byte> label, ReadOnlySpan<byte> publicKey, Span<byte> key) =>
        Blake2s.Hash(label, publicKey, key);

    /// <summary>The label of the first mac.</summary>
    public static ReadOnlySpan<byte> Mac1Label => "mac1----"u8;

    /// <summary>The label of cookie replies.</summary>
    public static ReadOnlySpan<byte> CookieLabel => "cookie--"u8;

    private static Blake2sHmac PrepareStart()
    {
        var key = default(Blake2sHmac);
        key.Start(Start);
        return key;
    }

    private static byte[] HashOf(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var digest = new byte[HashSize];
        Blake2s.Hash(left, right, digest);
        return digest;
    }
}
