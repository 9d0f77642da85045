using System;
using System.Diagnostics.CodeAnalysis;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Keys;

/// <summary>A Curve25519 private key: pinned, zeroed by <see cref="Dispose"/>, never printed by accident.</summary>
/// <remarks>Its bytes stay as they were given: X25519 clamps on use. Any thread may read; none after disposal.</remarks>
public sealed class PrivateKey : IDisposable
{
    /// <summary>A key's length in bytes.</summary>
    public const int Size = SecretBytes.Size;

    private readonly SecretBytes _secret;

    private PrivateKey(SecretBytes secret)
    {
        _secret = secret;
        Span<byte> point = stackalloc byte[Size];
        X25519.ScalarMultBase(secret.Span, point);
        PublicKey = PublicKey.FromBytes(point);
    }

    /// <summary>The public key that belongs to it.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Whether all bytes are zero, which <c>wg</c> takes as no key.</summary>
    public bool IsZero => _secret.IsZero;

    /// <summary>A key of exactly 32 bytes, which are copied.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static PrivateKey FromBytes(ReadOnlySpan<byte> bytes) => new(SecretBytes.Copy(bytes));

    /// <summary>A new random key, clamped as <c>wg genkey</c> does.</summary>
    public static PrivateKey Generate(RandomSource random)
    {
        var secret = SecretBytes.Generate(random);
        X25519.Clamp(secret.Span);
        return new PrivateKey(secret);
    }

    /// <summary>Reads base64 by the rule of <c>wg</c>: 44 characters, '=' last, the unused two bits zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, [NotNullWhen(true)] out PrivateKey? key) =>
        (key = SecretBytes.Parse(base64) is { } secret ? new PrivateKey(secret) : null) is not null;

    /// <summary>Reads exactly 64 hexadecimal digits of either case.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, [NotNullWhen(true)] out PrivateKey? key) =>
        (key = SecretBytes.ParseHex(hex) is { } secret ? new PrivateKey(secret) : null) is not null;

    /// <summary>Copies the 32 bytes. The copy is the caller's to zero.</summary>
    public void CopyTo(Span<byte> destination) => _secret.Span.CopyTo(destination);

    /// <summary>The key in base64, for configurations and <c>wg show private-key</c>; the string cannot be zeroed.</summary>
    public string ToSecretBase64() => _secret.ToBase64();

    /// <summary>The key in lower-case hexadecimal, for the UAPI; the string cannot be zeroed.</summary>
    public string ToSecretHex() => _secret.ToHex();

    /// <summary>Writes 64 lower-case hexadecimal digits, for the UAPI; the text is the caller's to zero.</summary>
    public void WriteSecretHex(Span<char> text) => KeyText.WriteHex(_secret.Span, text);

    /// <summary>Compares in a time that does not depend on the contents.</summary>
    public bool FixedTimeEquals(PrivateKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _secret.FixedTimeEquals(other._secret);
    }

    /// <summary>Zeroes the key; every later use throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>Says nothing: "(hidden)".</summary>
    public override string ToString() => "(hidden)";
}
