using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Warren.Protocol.Crypto;

/// <summary>An integer modulo 2^255 - 19 in five limbs of 51 bits, least significant first. Constant time throughout.</summary>
/// <remarks>
/// Limbs are loose: below 2^52 after a product, below 2^54 after one addition or subtraction of products; a product
/// takes limbs below 2^54. It multiplies limbs shifted left by 6 and 7, so that the 128-bit result splits at its word
/// boundary into what stays in a column and what belongs to the next one (6 + 7 + 51 = 64): columns are then plain
/// sums of 64-bit words without a carry between them.
/// Bounds: a high part is below 2^(54 + 54 - 51) = 2^57, a low part below 2^51; a column and nineteen times the
/// one five above it hold at most 5 + 4 * 19 high parts and stay below 2^64.
/// </remarks>
internal struct FieldElement
{
    private const ulong Mask = (1ul << 51) - 1;

    private ulong _0, _1, _2, _3, _4;

    /// <summary>The number one.</summary>
    public static FieldElement One => new() { _0 = 1 };

    /// <summary>Reads 32 bytes, ignoring the highest bit; values of p and above are taken modulo p (RFC 7748, 5).</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes) => new()
    {
        _0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes) & Mask,
        _1 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & Mask,
        _2 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & Mask,
        _3 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & Mask,
        _4 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & Mask,
    };

    /// <summary>From five signed limbs below 2^52 either way: 4p is added, so that none is below zero.</summary>
    public static FieldElement FromBalanced(ReadOnlySpan<long> limbs)
    {
        const long limb = 4 * (long)Mask;
        return new FieldElement
        {
            _0 = (ulong)(limbs[0] + limb - (4 * 18)),
            _1 = (ulong)(limbs[1] + limb),
            _2 = (ulong)(limbs[2] + limb),
            _3 = (ulong)(limbs[3] + limb),
            _4 = (ulong)(limbs[4] + limb),
        };
    }

    /// <summary>Five signed limbs of a value just read: each within 2^50, the lowest within 2^50 + 19.</summary>
    public readonly void Balance(Span<long> limbs)
    {
        const int bits = 51;
        const long half = 1L << (bits - 1);
        (limbs[0], limbs[1], limbs[2], limbs[3], limbs[4]) = ((long)_0, (long)_1, (long)_2, (long)_3, (long)_4);
        var carry = 0L;
        for (var i = 0; i < 5; i++)
        {
            var limb = limbs[i] + carry;
            carry = (limb + half) >> bits;
            limbs[i] = limb - (carry << bits);
        }

        limbs[0] += 19 * carry;
    }

    /// <summary>Writes the one representative below p.</summary>
    public static void Write(in FieldElement value, Span<byte> bytes)
    {
        var (h0, h1, h2, h3, h4) = (value._0, value._1, value._2, value._3, value._4);
        Carry(ref h0, ref h1, ref h2, ref h3, ref h4);
        Carry(ref h0, ref h1, ref h2, ref h3, ref h4);

        // Now below 2p. q is 1 when h + 19 reaches 2^255, that is when h is p or more.
        var q = (h0 + 19) >> 51;
        q = (h1 + q) >> 51;
        q = (h2 + q) >> 51;
        q = (h3 + q) >> 51;
        q = (h4 + q) >> 51;
        h0 += 19 * q;
        h1 += h0 >> 51;
        h2 += h1 >> 51;
        h3 += h2 >> 51;
        h4 += h3 >> 51;
        h0 &= Mask;
        h1 &= Mask;
        h2 &= Mask;
        h3 &= Mask;
        h4 &= Mask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, h0 | (h1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (h1 >> 13) | (h2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (h2 >> 26) | (h3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (h3 >> 39) | (h4 << 12));
    }

    /// <summary>result = left + right. Any of them may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref FieldElement result, in FieldElement left, in FieldElement right)
    {
        result._0 = left._0 + right._0;
        result._1 = left._1 + right._1;
        result._2 = left._2 + right._2;
        result._3 = left._3 + right._3;
        result._4 = left._4 + right._4;
    }

    /// <summary>result = left - right, with 4p added so that no limb goes below zero. Right is a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(ref FieldElement result, in FieldElement left, in FieldElement right)
    {
        const ulong limb = 4 * Mask;
        result._0 = left._0 + (limb - 4 * 18) - right._0;
        result._1 = left._1 + limb - right._1;
        result._2 = left._2 + limb - right._2;
        result._3 = left._3 + limb - right._3;
        result._4 = left._4 + limb - right._4;
    }

    /// <summary>result = left * right. Any of them may be the same.</summary>
    public static void Multiply(ref FieldElement result, in FieldElement left, in FieldElement right)
    {
        ulong a0 = left._0 << 6, a1 = left._1 << 6, a2 = left._2 << 6, a3 = left._3 << 6, a4 = left._4 << 6;
        ulong b0 = right._0 << 7, b1 = right._1 << 7, b2 = right._2 << 7, b3 = right._3 << 7, b4 = right._4 << 7;
        ulong c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0;
        Product(a0, b0, ref c0, ref c1);
        Product(a0, b1, ref c1, ref c2);
        Product(a1, b0, ref c1, ref c2);
        Product(a0, b2, ref c2, ref c3);
        Product(a1, b1, ref c2, ref c3);
        Product(a2, b0, ref c2, ref c3);
        Product(a0, b3, ref c3, ref c4);
        Product(a1, b2, ref c3, ref c4);
        Product(a2, b1, ref c3, ref c4);
        Product(a3, b0, ref c3, ref c4);
        Product(a0, b4, ref c4, ref c5);
        Product(a1, b3, ref c4, ref c5);
        Product(a2, b2, ref c4, ref c5);
        Product(a3, b1, ref c4, ref c5);
        Product(a4, b0, ref c4, ref c5);
        Product(a1, b4, ref c5, ref c6);
        Product(a2, b3, ref c5, ref c6);
        Product(a3, b2, ref c5, ref c6);
        Product(a4, b1, ref c5, ref c6);
        Product(a2, b4, ref c6, ref c7);
        Product(a3, b3, ref c6, ref c7);
        Product(a4, b2, ref c6, ref c7);
        Product(a3, b4, ref c7, ref c8);
        Product(a4, b3, ref c7, ref c8);
        Product(a4, b4, ref c8, ref c9);
        Reduce(ref result, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * c9);
    }

    /// <summary>result = value * value. Both may be the same.</summary>
    public static void Square(ref FieldElement result, in FieldElement value)
    {
        ulong a0 = value._0 << 6, a1 = value._1 << 6, a2 = value._2 << 6, a3 = value._3 << 6, a4 = value._4 << 6;
        ulong b0 = a0 << 1, b1 = a1 << 1, b2 = a2 << 1, b3 = a3 << 1, b4 = a4 << 1;
        ulong d1 = a1 << 2, d2 = a2 << 2, d3 = a3 << 2, d4 = a4 << 2;
        ulong c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0;
        Product(a0, b0, ref c0, ref c1);
        Product(a0, d1, ref c1, ref c2);
        Product(a0, d2, ref c2, ref c3);
        Product(a1, b1, ref c2, ref c3);
        Product(a0, d3, ref c3, ref c4);
        Product(a1, d2, ref c3, ref c4);
        Product(a0, d4, ref c4, ref c5);
        Product(a1, d3, ref c4, ref c5);
        Product(a2, b2, ref c4, ref c5);
        Product(a1, d4, ref c5, ref c6);
        Product(a2, d3, ref c5, ref c6);
        Product(a2, d4, ref c6, ref c7);
        Product(a3, b3, ref c6, ref c7);
        Product(a3, d4, ref c7, ref c8);
        Product(a4, b4, ref c8, ref c9);
        Reduce(ref result, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * c9);
    }

    /// <summary>value = value^(2^count).</summary>
    public static void SquareTimes(ref FieldElement value, int count)
    {
        for (var i = 0; i < count; i++)
            Square(ref value, value);
    }

    /// <summary>result = value * factor, for a factor below 2^17.</summary>
    public static void MultiplySmall(ref FieldElement result, in FieldElement value, uint factor)
    {
        ulong b = (ulong)factor << 7;
        ulong c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0;
        Product(value._0 << 6, b, ref c0, ref c1);
        Product(value._1 << 6, b, ref c1, ref c2);
        Product(value._2 << 6, b, ref c2, ref c3);
        Product(value._3 << 6, b, ref c3, ref c4);
        Product(value._4 << 6, b, ref c4, ref c5);
        Reduce(ref result, c0 + 19 * c5, c1, c2, c3, c4);
    }

    /// <summary>Exchanges two values when <paramref name="bit"/> is 1, not when 0: by a mask, never by a branch.</summary>
    public static void Swap(ref FieldElement left, ref FieldElement right, ulong bit)
    {
        var mask = 0 - bit;
        Swap(ref left._0, ref right._0, mask);
        Swap(ref left._1, ref right._1, mask);
        Swap(ref left._2, ref right._2, mask);
        Swap(ref left._3, ref right._3, mask);
        Swap(ref left._4, ref right._4, mask);
    }

    /// <summary>result = value^(p - 2), which is 1 / value, and 0 for 0. The chain is public: 254 squarings, 11 products.</summary>
    public static void Invert(ref FieldElement result, in FieldElement value)
    {
        FieldElement z2 = default, z9 = default, z11 = default, t = default;
        FieldElement z5 = default, z10 = default, z20 = default, z50 = default, z100 = default;
        Square(ref z2, value);
        Square(ref t, z2);
        Square(ref t, t);
        Multiply(ref z9, t, value);
        Multiply(ref z11, z9, z2);
        Square(ref t, z11);
        Multiply(ref z5, t, z9);      // 2^5 - 1
        Chain(ref z10, z5, 5, z5);    // 2^10 - 1
        Chain(ref z20, z10, 10, z10);
        Chain(ref t, z20, 20, z20);   // 2^40 - 1
        Chain(ref z50, t, 10, z10);
        Chain(ref z100, z50, 50, z50);
        Chain(ref t, z100, 100, z100);
        Chain(ref t, t, 50, z50);     // 2^250 - 1
        Chain(ref result, t, 5, z11); // 2^255 - 21
    }

    /// <summary>result = value^(2^count) * factor.</summary>
    private static void Chain(ref FieldElement result, in FieldElement value, int count, in FieldElement factor)
    {
        var t = value;
        SquareTimes(ref t, count);
        Multiply(ref result, t, factor);
    }

    /// <summary>Adds a product of shifted limbs to two neighbouring columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(ulong a, ulong b, ref ulong column, ref ulong next)
    {
        next += Wide.Multiply(a, b, out var low);
        column += low >> 13;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(ref FieldElement result, ulong h0, ulong h1, ulong h2, ulong h3, ulong h4)
    {
        // From columns below 2^64: carries are below 2^14, so limbs end below 2^51 + 2^19.
        Carry(ref h0, ref h1, ref h2, ref h3, ref h4);
        (result._0, result._1, result._2, result._3, result._4) = (h0, h1, h2, h3, h4);
    }

    /// <summary>Moves what exceeds 51 bits up, and from the top, times 19, to the bottom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(ref ulong h0, ref ulong h1, ref ulong h2, ref ulong h3, ref ulong h4)
    {
        h1 += h0 >> 51;
        h2 += h1 >> 51;
        h3 += h2 >> 51;
        h4 += h3 >> 51;
        h0 = (h0 & Mask) + 19 * (h4 >> 51);
        h1 &= Mask;
        h2 &= Mask;
        h3 &= Mask;
        h4 &= Mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref ulong left, ref ulong right, ulong mask)
    {
        var difference = (left ^ right) & mask;
        left ^= difference;
        right ^= difference;
    }
}
