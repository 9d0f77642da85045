using System;
using System.Buffers.Binary;
using System.Globalization;

namespace Warren.Protocol.Routing;

/// <summary>Addresses as text, by the rules of POSIX inet_pton and inet_ntop: what wg reads and prints.</summary>
/// <remarks>The BCL's own reader takes more ("1", "0x7f.1", octal), and its writer prints ISATAP and SIIT addresses otherwise.</remarks>
internal static class AddressText
{
    private const int MaxLength = 45;

    /// <summary>Exactly four decimal parts without leading zeros.</summary>
    internal static bool TryParseV4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return false;
            bits = (bits << 8) | value;
        }

        return parts == 4;
    }

    /// <summary>RFC 4291 §2.2 text: groups of one to four digits, at most one "::" for one group or more, an IPv4 tail.</summary>
    internal static bool TryParseV6(ReadOnlySpan<char> text, out ulong high, out ulong low)
    {
        high = low = 0;
        if (text.Length is < 2 or > MaxLength)
            return false;
        Span<ushort> groups = stackalloc ushort[8];
        var count = 0;
        var gap = -1;
        if (text[0] == ':')
        {
            if (text[1] != ':')
                return false;
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOf(':');
            var group = end < 0 ? text : text[..end];
            if (end < 0 && group.Contains('.'))
            {
                if (count > 6 || !TryParseV4(group, out var tail))
                    return false;
                groups[count++] = (ushort)(tail >> 16);
                groups[count++] = (ushort)tail;
                break;
            }

            if (count == 8 || group.Length is 0 or > 4
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out groups[count++]))
                return false;
            if (end < 0)
                break;
            text = text[(end + 1)..];
            if (text.IsEmpty)
                return false;
            if (text[0] != ':')
                continue;
            if (gap >= 0)
                return false;
            gap = count;
            text = text[1..];
        }

        if (gap < 0 ? count != 8 : count == 8)
            return false;
        for (var i = 0; i < 8; i++)
        {
            var at = gap < 0 || i < gap ? i : i - (8 - count);
            high = (high << 16) | (low >> 48);
            low = (low << 16) | (gap >= 0 && i >= gap && at < gap ? (ushort)0 : groups[at]);
        }

        return true;
    }

    /// <summary>The text of an address.</summary>
    internal static string Format(IpAddress address)
    {
        Span<char> text = stackalloc char[MaxLength + 1];
        var length = address.IsIPv6 ? FormatV6(address, text) : FormatV4((uint)address.Low, text);
        return new string(text[..length]);
    }

    private static int FormatV4(uint bits, Span<char> text)
    {
        text.TryWrite(CultureInfo.InvariantCulture, $"{bits >> 24}.{(byte)(bits >> 16)}.{(byte)(bits >> 8)}.{(byte)bits}", out var length);
        return length;
    }

    private static int FormatV6(IpAddress address, Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.Write(bytes);
        var (gap, gapLength) = LongestZeroRun(bytes);
        // ::a.b.c.d and ::ffff:a.b.c.d keep their dotted tail.
        var dotted = gap == 0 && (gapLength == 6 || (gapLength == 5 && bytes[10] == 0xff && bytes[11] == 0xff));
        var length = 0;
        for (var i = 0; i < 8; i++)
        {
            if (i >= gap && i < gap + gapLength)
            {
                if (i == gap)
                    text[length++] = ':';
                continue;
            }

            if (i > 0)
                text[length++] = ':';
            if (dotted && i == 6)
                return length + FormatV4((uint)address.Low, text[length..]);
            var group = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
            group.TryFormat(text[length..], out var digits, "x", CultureInfo.InvariantCulture);
            length += digits;
        }

        if (gap < 8 && gap + gapLength == 8)
            text[length++] = ':';
        return length;
    }

    /// <summary>The first of the longest runs of two or more zero groups; (8, 0) when there is none.</summary>
    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<byte> bytes)
    {
        var best = (Start: 8, Length: 0);
        for (var i = 0; i < 8; i++)
        {
            var start = i;
            while (i < 8 && bytes[2 * i] == 0 && bytes[2 * i + 1] == 0)
                i++;
            if (i - start >= 2 && i - start > best.Length)
                best = (start, i - start);
        }

        return best;
    }
}
