using System;
using System.Buffers.Binary;

namespace Warren.Protocol.Keys;

/// <summary>A Curve25519 public key as a value of 32 bytes. The default value is all zero.</summary>
public readonly record struct PublicKey
{
    /// <summary>A key's length in bytes.</summary>
    public const int Size = KeyText.KeySize;

    private readonly ulong _0, _1, _2, _3;

    private PublicKey(ReadOnlySpan<byte> bytes)
    {
        _0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Whether both are the same key. Public: compared without care for time.</summary>
    public bool Equals(PublicKey other) => _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    /// <summary>Seeded for each process, so that nobody can choose keys that collide.</summary>
    public override int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => (_0 | _1 | _2 | _3) == 0;

    /// <summary>A key of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static PublicKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("a key has 32 bytes", nameof(bytes));
        return new PublicKey(bytes);
    }

    /// <summary>Reads base64 by the rule of <c>wg</c>: 44 characters, '=' last, the unused two bits zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, out PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var parsed = KeyText.TryReadBase64(base64, bytes);
        key = new PublicKey(bytes);
        return parsed;
    }

    /// <summary>Reads exactly 64 hexadecimal digits of either case.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, out PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var parsed = KeyText.TryReadHex(hex, bytes);
        key = new PublicKey(bytes);
        return parsed;
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _3);
    }

    /// <summary>Lower-case hexadecimal.</summary>
    public string ToHex() => string.Create(KeyText.HexLength, this, static (text, key) => key.WriteHex(text));

    /// <summary>Writes 64 lower-case hexadecimal digits.</summary>
    public void WriteHex(Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        KeyText.WriteHex(bytes, text);
    }

    /// <summary>Base64, 44 characters.</summary>
    public override string ToString() => string.Create(KeyText.Base64Length, this, static (text, key) =>
    {
        Span<byte> bytes = stackalloc byte[Size];
        key.Write(bytes);
        KeyText.WriteBase64(bytes, text);
    });

    /// <summary>The first and last four characters of the base64 before its '=', for logs: "AbCd…WxYz".</summary>
    public string ToShortString()
    {
        var text = ToString();
        return $"{text.AsSpan(0, 4)}…{text.AsSpan(KeyText.Base64Length - 5, 4)}";
    }
}
