using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Keys;

/// <summary>32 secret bytes that the garbage collector never moves, hence never copies, and that disposal zeroes.</summary>
/// <remarks>Readers may share it; whoever disposes it makes sure that nobody reads any more.</remarks>
internal sealed class SecretBytes : IDisposable
{
    public const int Size = KeyText.KeySize;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private bool _disposed;

    /// <summary>The bytes themselves: to fill them once, then only to read.</summary>
    /// <exception cref="ObjectDisposedException">They are gone.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Whether all are zero; looks at every byte.</summary>
    public bool IsZero
    {
        get
        {
            var any = 0;
            foreach (var b in Span)
                any |= b;
            return any == 0;
        }
    }

    /// <summary>A copy of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static SecretBytes Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("a key has 32 bytes", nameof(bytes));
        var secret = new SecretBytes();
        bytes.CopyTo(secret._bytes);
        return secret;
    }

    /// <summary>32 random bytes.</summary>
    public static SecretBytes Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var secret = new SecretBytes();
        random.Fill(secret._bytes);
        return secret;
    }

    /// <summary>Reads base64 by the rule of <c>wg</c>; null when it is not that.</summary>
    public static SecretBytes? Parse(ReadOnlySpan<char> base64)
    {
        var secret = new SecretBytes();
        return KeyText.TryReadBase64(base64, secret._bytes) ? secret : null;
    }

    /// <summary>Reads 64 hexadecimal digits; null when they are not that.</summary>
    public static SecretBytes? ParseHex(ReadOnlySpan<char> hex)
    {
        var secret = new SecretBytes();
        return KeyText.TryReadHex(hex, secret._bytes) ? secret : null;
    }

    /// <summary>Base64, in an ordinary string that nobody can zero.</summary>
    public string ToBase64() =>
        string.Create(KeyText.Base64Length, this, static (text, secret) => KeyText.WriteBase64(secret.Span, text));

    /// <summary>Lower-case hexadecimal, in an ordinary string that nobody can zero.</summary>
    public string ToHex() =>
        string.Create(KeyText.HexLength, this, static (text, secret) => KeyText.WriteHex(secret.Span, text));

    public bool FixedTimeEquals(SecretBytes other) => CryptographicOperations.FixedTimeEquals(Span, other.Span);

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
