using System;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Protocol.Keys;

/// <summary>A preshared key (paper 5.2): pinned, zeroed by <see cref="Dispose"/>, never printed by accident. All zero means none.</summary>
/// <remarks>Any thread may read; none after disposal.</remarks>
public sealed class PresharedKey : IDisposable
{
    /// <summary>A key's length in bytes.</summary>
    public const int Size = SecretBytes.Size;

    private readonly SecretBytes _secret;

    private PresharedKey(SecretBytes secret) => _secret = secret;

    /// <summary>Whether all bytes are zero, which means no preshared key.</summary>
    public bool IsZero => _secret.IsZero;

    /// <summary>A key of exactly 32 bytes, which are copied.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static PresharedKey FromBytes(ReadOnlySpan<byte> bytes) => new(SecretBytes.Copy(bytes));

    /// <summary>A new random key, not clamped, as <c>wg genpsk</c> does.</summary>
    public static PresharedKey Generate(RandomSource random) => new(SecretBytes.Generate(random));

    /// <summary>Reads base64 by the rule of <c>wg</c>: 44 characters, '=' last, the unused two bits zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, [NotNullWhen(true)] out PresharedKey? key) =>
        (key = SecretBytes.Parse(base64) is { } secret ? new PresharedKey(secret) : null) is not null;

    /// <summary>Reads exactly 64 hexadecimal digits of either case.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, [NotNullWhen(true)] out PresharedKey? key) =>
        (key = SecretBytes.ParseHex(hex) is { } secret ? new PresharedKey(secret) : null) is not null;

    /// <summary>Copies the 32 bytes. The copy is the caller's to zero.</summary>
    public void CopyTo(Span<byte> destination) => _secret.Span.CopyTo(destination);

    /// <summary>The key in base64, for configurations and <c>wg show preshared-keys</c>; the string cannot be zeroed.</summary>
    public string ToSecretBase64() => _secret.ToBase64();

    /// <summary>The key in lower-case hexadecimal, for the UAPI; the string cannot be zeroed.</summary>
    public string ToSecretHex() => _secret.ToHex();

    /// <summary>Writes 64 lower-case hexadecimal digits, for the UAPI; the text is the caller's to zero.</summary>
    public void WriteSecretHex(Span<char> text) => KeyText.WriteHex(_secret.Span, text);

    /// <summary>Compares in a time that does not depend on the contents.</summary>
    public bool FixedTimeEquals(PresharedKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _secret.FixedTimeEquals(other._secret);
    }

    /// <summary>Zeroes the key; every later use throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>Says nothing: "(hidden)".</summary>
    public override string ToString() => "(hidden)";
}
