using System;

namespace Warren.Protocol.Keys;

/// <summary>Base64 and hexadecimal of 32 bytes, by the rules of <c>wg</c> and without a table or a branch that depends on the key.</summary>
/// <remarks>
/// Every character is computed by range masks: a mask is all ones where a signed subtraction is not negative.
/// Only the length and the position of the '=' decide early. A text is walked to its end even when it is wrong.
/// </remarks>
internal static class KeyText
{
    public const int KeySize = 32;
    public const int Base64Length = 44;
    public const int HexLength = 64;

    private const int WholeGroups = KeySize / 3;

    /// <summary>Writes 44 characters.</summary>
    public static void WriteBase64(ReadOnlySpan<byte> key, Span<char> text)
    {
        for (var i = 0; i < WholeGroups; i++)
            WriteGroup((key[3 * i] << 16) | (key[3 * i + 1] << 8) | key[3 * i + 2], text[(4 * i)..], 4);
        WriteGroup((key[30] << 16) | (key[31] << 8), text[(4 * WholeGroups)..], 3);
        text[Base64Length - 1] = '=';
    }

    /// <summary>Reads exactly 44 characters: the last is '=', the two bits before it are zero. On failure the key is zeroed.</summary>
    public static bool TryReadBase64(ReadOnlySpan<char> text, Span<byte> key)
    {
        if (text.Length != Base64Length || text[Base64Length - 1] != '=')
        {
            key.Clear();
            return false;
        }

        var wrong = 0;
        for (var i = 0; i <= WholeGroups; i++)
        {
            // In the last group only three characters count; 'A' stands for the six bits of the '='.
            var isLast = i == WholeGroups;
            var group = text.Slice(4 * i, 4);
            var (first, second, third) = (FromBase64(group[0]), FromBase64(group[1]), FromBase64(group[2]));
            var fourth = FromBase64(isLast ? 'A' : group[3]);
            wrong |= first | second | third | fourth;
            var bits = (first << 18) | (second << 12) | (third << 6) | fourth;
            key[3 * i] = (byte)(bits >> 16);
            key[3 * i + 1] = (byte)(bits >> 8);
            if (isLast)
                wrong |= 0 - (bits & 0xff);
            else
                key[3 * i + 2] = (byte)bits;
        }

        return Accept(wrong, key);
    }

    /// <summary>Writes 64 lower-case digits.</summary>
    public static void WriteHex(ReadOnlySpan<byte> key, Span<char> text)
    {
        for (var i = 0; i < KeySize; i++)
        {
            text[2 * i] = ToHex(key[i] >> 4);
            text[2 * i + 1] = ToHex(key[i] & 15);
        }
    }

    /// <summary>Reads exactly 64 digits of either case. On failure the key is zeroed.</summary>
    public static bool TryReadHex(ReadOnlySpan<char> text, Span<byte> key)
    {
        if (text.Length != HexLength)
        {
            key.Clear();
            return false;
        }

        var wrong = 0;
        for (var i = 0; i < KeySize; i++)
        {
            var (high, low) = (FromHex(text[2 * i]), FromHex(text[2 * i + 1]));
            wrong |= high | low;
            key[i] = (byte)((high << 4) | low);
        }

        return Accept(wrong, key);
    }

    /// <summary>A wrong text left a negative number: keeps the key or zeroes it. Whether a text was right is no secret.</summary>
    private static bool Accept(int wrong, Span<byte> key)
    {
        if (wrong >= 0)
            return true;
        key.Clear();
        return false;
    }

    private static void WriteGroup(int bits, Span<char> text, int count)
    {
        for (var i = 0; i < count; i++)
            text[i] = ToBase64((bits >> (18 - 6 * i)) & 63);
    }

    private static char ToBase64(int value) => (char)(
        (InRange(value, 0, 25) & (value + 'A')) | (InRange(value, 26, 51) & (value - 26 + 'a')) |
        (InRange(value, 52, 61) & (value - 52 + '0')) | (InRange(value, 62, 62) & '+') | (InRange(value, 63, 63) & '/'));

    /// <summary>0 to 63, or -1.</summary>
    private static int FromBase64(int c) => -1 + (
        (InRange(c, 'A', 'Z') & (c - 'A' + 1)) | (InRange(c, 'a', 'z') & (c - 'a' + 27)) |
        (InRange(c, '0', '9') & (c - '0' + 53)) | (InRange(c, '+', '+') & 63) | (InRange(c, '/', '/') & 64));

    private static char ToHex(int value) => (char)(
        (InRange(value, 0, 9) & (value + '0')) | (InRange(value, 10, 15) & (value - 10 + 'a')));

    /// <summary>0 to 15, or -1.</summary>
    private static int FromHex(int c) => -1 + (
        (InRange(c, '0', '9') & (c - '0' + 1)) | (InRange(c, 'a', 'f') & (c - 'a' + 11)) |
        (InRange(c, 'A', 'F') & (c - 'A' + 11)));

    /// <summary>All ones when first &lt;= value &lt;= last, else zero.</summary>
    private static int InRange(int value, int first, int last) => ~((value - first) | (last - value)) >> 31;
}
