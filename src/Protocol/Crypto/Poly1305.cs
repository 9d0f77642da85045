using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>Poly1305 (RFC 8439 2.5) in the making. One key, one message. Constant time in the contents.</summary>
/// <remarks>
/// The accumulator is two 64-bit words and a small third one. It stays below 2^130 + 2^66 between blocks, so a
/// product with the clamped multiplier (both words below 2^60, the second divisible by four) never overflows 192 bits.
/// Carries come from comparisons that compile to flag arithmetic, not to branches.
/// </remarks>
internal struct Poly1305
{
    public const int TagSize = 16;
    public const int KeySize = 32;
    private const int BlockSize = 16;

    /// <summary>From this many bytes on the powers pay for themselves.</summary>
    private const int WorthVectors = 4 * Poly1305Vector256.Stride;

    private readonly VectorWidth _width;
    private readonly ulong _r0, _r1, _s0, _s1;
    private ulong _h0, _h1, _h2;

    public Poly1305(ReadOnlySpan<byte> key, VectorWidth width)
    {
        _width = width;
        _r0 = BinaryPrimitives.ReadUInt64LittleEndian(key) & 0x0ffffffc0fffffff;
        _r1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) & 0x0ffffffc0ffffffc;
        _s0 = BinaryPrimitives.ReadUInt64LittleEndian(key[16..]);
        _s1 = BinaryPrimitives.ReadUInt64LittleEndian(key[24..]);
    }

    /// <summary>The tag of a whole message.</summary>
    public static void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> tag, VectorWidth width)
    {
        var state = new Poly1305(key, width);
        try
        {
            var whole = message.Length & -BlockSize;
            state.Update(message[..whole]);
            if (whole < message.Length)
            {
                Span<byte> last = stackalloc byte[BlockSize];
                last.Clear();
                message[whole..].CopyTo(last);
                last[message.Length - whole] = 1;
                state.Blocks(last, 0);
            }

            state.Finish(tag);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>Takes whole blocks, and a last partial one filled up with zeros (RFC 8439 2.8: pad16).</summary>
    public void UpdatePadded(ReadOnlySpan<byte> data)
    {
        var whole = data.Length & -BlockSize;
        Update(data[..whole]);
        if (whole == data.Length)
            return;
        Span<byte> last = stackalloc byte[BlockSize];
        last.Clear();
        data[whole..].CopyTo(last);
        Update(last);
    }

    /// <summary>Takes the two lengths that end an AEAD's message (RFC 8439 2.8).</summary>
    public void UpdateLengths(int associated, int text)
    {
        Span<byte> lengths = stackalloc byte[BlockSize];
        BinaryPrimitives.WriteUInt64LittleEndian(lengths, (uint)associated);
        BinaryPrimitives.WriteUInt64LittleEndian(lengths[8..], (uint)text);
        Update(lengths);
    }

    /// <summary>Takes whole blocks.</summary>
    public void Update(ReadOnlySpan<byte> blocks)
    {
        if (_width >= VectorWidth.Vector256 && blocks.Length >= WorthVectors)
        {
            var whole = blocks.Length & -Poly1305Vector256.Stride;
            Wide4(blocks[..whole]);
            blocks = blocks[whole..];
        }

        Blocks(blocks, 1);
    }

    /// <summary>Writes the 16 bytes of the tag.</summary>
    public readonly void Finish(Span<byte> tag) => Finish(_h0, _h1, _h2, _s0, _s1, tag);

    /// <summary>Writes the tag of an accumulator h below 2^131 and the key's second half s.</summary>
    public static void Finish(ulong h0, ulong h1, ulong h2, ulong s0, ulong s1, Span<byte> tag)
    {
        // h mod 2^130 - 5: take h - p when h + 5 reaches 2^130, chosen by a mask.
        var g0 = h0 + 5;
        var carry = g0 < 5 ? 1ul : 0;
        var g1 = h1 + carry;
        carry = g1 < carry ? 1ul : 0;
        var g2 = h2 + carry;
        var mask = 0 - (g2 >> 2);
        h0 ^= (h0 ^ g0) & mask;
        h1 ^= (h1 ^ g1) & mask;

        h0 += s0;
        carry = h0 < s0 ? 1ul : 0;
        h1 += s1 + carry;
        BinaryPrimitives.WriteUInt64LittleEndian(tag, h0);
        BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], h1);
    }

    /// <summary>Compares two tags in a time that does not depend on them.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var low = BinaryPrimitives.ReadUInt64LittleEndian(left) ^ BinaryPrimitives.ReadUInt64LittleEndian(right);
        var high = BinaryPrimitives.ReadUInt64LittleEndian(left[8..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(right[8..]);
        return (low | high) == 0;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Poly1305>(ref this)));

    /// <summary>Takes blocks four at a time: the powers of r cost three products, once.</summary>
    private void Wide4(ReadOnlySpan<byte> blocks)
    {
        ulong p0 = _r0, p1 = _r1, p2 = 0;
        var powers = new Poly1305Vector256();
        try
        {
            powers.SetPower(1, p0, p1, p2);
            for (var power = 2; power <= Poly1305Vector256.Lanes; power++)
            {
                Multiply(ref p0, ref p1, ref p2, _r0, _r1);
                powers.SetPower(power, p0, p1, p2);
            }

            powers.Update(blocks, ref _h0, ref _h1, ref _h2);
        }
        finally
        {
            powers.Clear();
        }
    }

    private void Blocks(ReadOnlySpan<byte> blocks, ulong highBit)
    {
        ulong h0 = _h0, h1 = _h1, h2 = _h2;
        for (; blocks.Length >= BlockSize; blocks = blocks[BlockSize..])
        {
            var m0 = BinaryPrimitives.ReadUInt64LittleEndian(blocks);
            var m1 = BinaryPrimitives.ReadUInt64LittleEndian(blocks[8..]);
            h0 += m0;
            AddWithCarry(ref h1, ref h2, m1, h0 < m0 ? 1ul : 0);
            h2 += highBit;
            Multiply(ref h0, ref h1, ref h2, _r0, _r1);
        }

        (_h0, _h1, _h2) = (h0, h1, h2);
    }

    /// <summary>h = h * r modulo 2^130 - 5, not fully reduced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(ref ulong h0, ref ulong h1, ref ulong h2, ulong r0, ulong r1)
    {
        // Columns of 64 bits; h2 is at most 6 here, so its products fit one word.
        var t1 = Wide.Multiply(h0, r0, out var t0);
        var t2 = Wide.Multiply(h0, r1, out var low01) + Wide.Multiply(h1, r0, out var low10);
        var t3 = Wide.Multiply(h1, r1, out var low11);
        t1 += low01;
        t2 += t1 < low01 ? 1ul : 0;
        t1 += low10;
        t2 += t1 < low10 ? 1ul : 0;
        t2 += low11;
        t3 += t2 < low11 ? 1ul : 0;
        var low20 = h2 * r0;
        t2 += low20;
        t3 += h2 * r1 + (t2 < low20 ? 1ul : 0);

        // 2^130 = 5: what lies above, c, comes back as 4c (already in place two bits up) and as c.
        h2 = t2 & 3;
        h0 = t0 + (t2 & ~3ul);
        h1 = t1;
        AddWithCarry(ref h1, ref h2, t3, h0 < t0 ? 1ul : 0);
        var c0 = (t2 >> 2) | (t3 << 62);
        h0 += c0;
        AddWithCarry(ref h1, ref h2, t3 >> 2, h0 < c0 ? 1ul : 0);
    }

    /// <summary>Adds a word and a carry, and the carry out of that to the next word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWithCarry(ref ulong word, ref ulong next, ulong addend, ulong carry)
    {
        word += addend;
        next += word < addend ? 1ul : 0;
        word += carry;
        next += word < carry ? 1ul : 0;
    }
}
