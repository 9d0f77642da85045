using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>Eight integers modulo 2^255 - 19 side by side, each in five signed limbs of 51 bits, every limb an integer in a
/// double. Constant time throughout: no number here is ever subnormal, infinite or not a number.</summary>
/// <remarks>As <see cref="FieldVector256"/>, which says why it is right, in vectors twice as wide: the two are read side by side. It pays where
/// the processor multiplies 512 bits at once, and costs nothing where it takes them in halves.
/// </remarks>
internal struct FieldVector512
{
    /// <summary>Values side by side.</summary>
    public const int Lanes = 8;

    private const double HighMagic = 1.5 * (1ul << 52) * (1ul << 51);
    private const double LowMagic = 1.5 * (1ul << 52);
    private const double SplitMagic = HighMagic + LowMagic;
    private const long Limb = (1L << 51) - 1;
    private const long Half = 1L << 50;

    /// <summary>What makes a column positive, so that its carry is a logical shift, and rounds that carry to nearest.</summary>
    private const long CarryBias = (1L << 62) + Half;

    /// <summary>By how much such a carry is too great.</summary>
    private const long CarryExcess = 1L << 11;

    /// <summary>2^52: or'ed to a limb's 51 bits it makes a double that many above 2^52.</summary>
    private const long DoubleBits = 0x4330_0000_0000_0000;

    private const double DoubleOffset = (1ul << 52) + (1ul << 50);
    private const double LowestOffset = DoubleOffset + 19 * CarryExcess;

    // The bits of both magic numbers: what one product adds to its two columns beside its value.
    private const long HighBits = 0x4668_0000_0000_0000;
    private const long LowBits = 0x4338_0000_0000_0000;

    private Vector512<double> _0, _1, _2, _3, _4;

    /// <summary>Whether this processor has what it takes.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>One in every lane.</summary>
    public static FieldVector512 One => new() { _0 = Vector512.Create(1.0) };

    /// <summary>Eight values from the limbs of each, lowest first, each at most 2^51 either way.</summary>
    public static FieldVector512 Load(ReadOnlySpan<double> limbs) => new()
    {
        _0 = Vector512.Create(limbs),
        _1 = Vector512.Create(limbs[Lanes..]),
        _2 = Vector512.Create(limbs[(2 * Lanes)..]),
        _3 = Vector512.Create(limbs[(3 * Lanes)..]),
        _4 = Vector512.Create(limbs[(4 * Lanes)..]),
    };

    /// <summary>The limbs of each value, lowest first, lane by lane.</summary>
    public readonly void Store(Span<double> limbs)
    {
        _0.CopyTo(limbs);
        _1.CopyTo(limbs[Lanes..]);
        _2.CopyTo(limbs[(2 * Lanes)..]);
        _3.CopyTo(limbs[(3 * Lanes)..]);
        _4.CopyTo(limbs[(4 * Lanes)..]);
    }

    /// <summary>result = left + right, wide; both are narrow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref FieldVector512 result, in FieldVector512 left, in FieldVector512 right)
    {
        result._0 = left._0 + right._0;
        result._1 = left._1 + right._1;
        result._2 = left._2 + right._2;
        result._3 = left._3 + right._3;
        result._4 = left._4 + right._4;
    }

    /// <summary>result = left - right, wide; both are narrow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(ref FieldVector512 result, in FieldVector512 left, in FieldVector512 right)
    {
        result._0 = left._0 - right._0;
        result._1 = left._1 - right._1;
        result._2 = left._2 - right._2;
        result._3 = left._3 - right._3;
        result._4 = left._4 - right._4;
    }

    /// <summary>Exchanges two values in the lanes where <paramref name="mask"/> is all ones, not where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(ref FieldVector512 left, ref FieldVector512 right, Vector512<double> mask)
    {
        Swap(ref left._0, ref right._0, mask);
        Swap(ref left._1, ref right._1, mask);
        Swap(ref left._2, ref right._2, mask);
        Swap(ref left._3, ref right._3, mask);
        Swap(ref left._4, ref right._4, mask);
    }

    /// <summary>result = wide * narrow. Any of them may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref FieldVector512 result, in FieldVector512 wide, in FieldVector512 narrow)
    {
        Columns(wide, narrow, out var c0, out var c1, out var c2, out var c3, out var c4);
        Carry(
            ref result, c0 + (Product0 + FirstCarry), c1 + (Product1 + NextCarry), c2 + (Product2 + NextCarry),
            c3 + (Product3 + NextCarry), c4 + (Product4 + NextCarry));
    }

    /// <summary>result = value * value, of a narrow value. Both may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(ref FieldVector512 result, in FieldVector512 value)
    {
        Columns(value, out var c0, out var c1, out var c2, out var c3, out var c4);
        Carry(
            ref result, c0 + (Square0 + FirstCarry), c1 + (Square1 + NextCarry), c2 + (Square2 + NextCarry),
            c3 + (Square3 + NextCarry), c4 + (Square4 + NextCarry));
    }

    /// <summary>sum = a * b + c * d and difference = a * b - c * d; a and c may be wide. Results may be any of the four.</summary>
    /// <remarks>Adding before the carry makes both narrow for the price of one more carry.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTwice(
        ref FieldVector512 sum, ref FieldVector512 difference,
        in FieldVector512 a, in FieldVector512 b, in FieldVector512 c, in FieldVector512 d)
    {
        Columns(a, b, out var p0, out var p1, out var p2, out var p3, out var p4);
        Columns(c, d, out var q0, out var q1, out var q2, out var q3, out var q4);
        Vector512<long> s0 = p0 + q0, s1 = p1 + q1, s2 = p2 + q2, s3 = p3 + q3, s4 = p4 + q4;
        p0 -= q0;
        p1 -= q1;
        p2 -= q2;
        p3 -= q3;
        p4 -= q4;
        Carry(
            ref sum, s0 + (Product0 + Product0 + FirstCarry), s1 + (Product1 + Product1 + NextCarry), s2 + (Product2 + Product2 + NextCarry),
            s3 + (Product3 + Product3 + NextCarry), s4 + (Product4 + Product4 + NextCarry));
        Carry(
            ref difference, p0 + FirstCarry, p1 + NextCarry, p2 + NextCarry, p3 + NextCarry, p4 + NextCarry);
    }

    /// <summary>sum = value * value + a * b and difference = value * value - a * b; a may be wide. Results may be any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquareAndMultiply(
        ref FieldVector512 sum, ref FieldVector512 difference,
        in FieldVector512 value, in FieldVector512 a, in FieldVector512 b)
    {
        Columns(value, out var p0, out var p1, out var p2, out var p3, out var p4);
        Columns(a, b, out var q0, out var q1, out var q2, out var q3, out var q4);
        Vector512<long> s0 = p0 + q0, s1 = p1 + q1, s2 = p2 + q2, s3 = p3 + q3, s4 = p4 + q4;
        p0 -= q0;
        p1 -= q1;
        p2 -= q2;
        p3 -= q3;
        p4 -= q4;
        Carry(
            ref sum, s0 + (Square0 + Product0 + FirstCarry), s1 + (Square1 + Product1 + NextCarry), s2 + (Square2 + Product2 + NextCarry),
            s3 + (Square3 + Product3 + NextCarry), s4 + (Square4 + Product4 + NextCarry));
        Carry(
            ref difference, p0 + (Square0 - Product0 + FirstCarry), p1 + (Square1 - Product1 + NextCarry), p2 + (Square2 - Product2 + NextCarry),
            p3 + (Square3 - Product3 + NextCarry), p4 + (Square4 - Product4 + NextCarry));
    }

    /// <summary>result = wide * factor + addend, for a factor below 2^17 and a narrow addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplySmallAndAdd(
        ref FieldVector512 result, in FieldVector512 wide, double factor, in FieldVector512 addend)
    {
        var b = Vector512.Create(factor);
        Vector512<long> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Product(wide._0, b, ref c0, ref c1);
        Product(wide._1, b, ref c1, ref c2);
        Product(wide._2, b, ref c2, ref c3);
        Product(wide._3, b, ref c3, ref c4);
        Product(wide._4, b, ref c4, ref c5);
        var magic = Vector512.Create(LowMagic);
        Carry(
            ref result,
            c0 + Nineteen(c5) + (addend._0 + magic).AsInt64() - Vector512.Create(unchecked(2 * LowBits + 19 * HighBits - CarryBias)),
            c1 + (addend._1 + magic).AsInt64() - Vector512.Create(unchecked(2 * LowBits + HighBits - CarryBias + CarryExcess)),
            c2 + (addend._2 + magic).AsInt64() - Vector512.Create(unchecked(2 * LowBits + HighBits - CarryBias + CarryExcess)),
            c3 + (addend._3 + magic).AsInt64() - Vector512.Create(unchecked(2 * LowBits + HighBits - CarryBias + CarryExcess)),
            c4 + (addend._4 + magic).AsInt64() - Vector512.Create(unchecked(2 * LowBits + HighBits - CarryBias + CarryExcess)));
    }

    /// <summary>result = value^(p - 2), which is 1 / value, and 0 for 0; the value is narrow. The chain is public.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert(ref FieldVector512 result, in FieldVector512 value)
    {
        FieldVector512 z2 = default, z9 = default, z11 = default, t = default;
        FieldVector512 z5 = default, z10 = default, z20 = default, z50 = default, z100 = default;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chain(ref FieldVector512 result, in FieldVector512 value, int count, in FieldVector512 factor)
    {
        var t = value;
        for (var i = 0; i < count; i++)
            Square(ref t, t);
        Multiply(ref result, t, factor);
    }

    // Column k has k + 1 products for k up to 4 and 9 - k above; the low half of each stays, the high half goes one up.
    // What their doubles' exponents add to columns 0 to 4, nineteen times that of the column five above included:
    private static Vector512<long> Product0 => Bias(lows: 1 + 19 * 4, highs: 0 + 19 * 5);

    private static Vector512<long> Product1 => Bias(lows: 2 + 19 * 3, highs: 1 + 19 * 4);

    private static Vector512<long> Product2 => Bias(lows: 3 + 19 * 2, highs: 2 + 19 * 3);

    private static Vector512<long> Product3 => Bias(lows: 4 + 19 * 1, highs: 3 + 19 * 2);

    private static Vector512<long> Product4 => Bias(lows: 5, highs: 4 + 19 * 1);

    // A square has 1, 1, 2, 2, 3, 2, 2, 1 and 1 products per column.
    private static Vector512<long> Square0 => Bias(lows: 1 + 19 * 2, highs: 0 + 19 * 3);

    private static Vector512<long> Square1 => Bias(lows: 1 + 19 * 2, highs: 1 + 19 * 2);

    private static Vector512<long> Square2 => Bias(lows: 2 + 19 * 1, highs: 1 + 19 * 2);

    private static Vector512<long> Square3 => Bias(lows: 2 + 19 * 1, highs: 2 + 19 * 1);

    private static Vector512<long> Square4 => Bias(lows: 3, highs: 2 + 19 * 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Bias(long lows, long highs) =>
        Vector512.Create(unchecked(-(lows * LowBits) - (highs * HighBits)));

    private static Vector512<long> FirstCarry => Vector512.Create(CarryBias);

    private static Vector512<long> NextCarry => Vector512.Create(CarryBias - CarryExcess);

    /// <summary>The columns of a product, folded to five, before their bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        in FieldVector512 left, in FieldVector512 right, out Vector512<long> r0, out Vector512<long> r1,
        out Vector512<long> r2, out Vector512<long> r3, out Vector512<long> r4)
    {
        Vector512<double> a0 = left._0, a1 = left._1, a2 = left._2, a3 = left._3, a4 = left._4;
        Vector512<double> b0 = right._0, b1 = right._1, b2 = right._2, b3 = right._3, b4 = right._4;
        Vector512<long> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        Vector512<long> c5 = default, c6 = default, c7 = default, c8 = default, c9 = default;
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
        r0 = c0 + Nineteen(c5);
        Product(a2, b4, ref c6, ref c7);
        Product(a3, b3, ref c6, ref c7);
        Product(a4, b2, ref c6, ref c7);
        r1 = c1 + Nineteen(c6);
        Product(a3, b4, ref c7, ref c8);
        Product(a4, b3, ref c7, ref c8);
        r2 = c2 + Nineteen(c7);
        Product(a4, b4, ref c8, ref c9);
        r3 = c3 + Nineteen(c8);
        r4 = c4 + Nineteen(c9);
    }

    /// <summary>The columns of a square, folded to five, before their bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        in FieldVector512 value, out Vector512<long> r0, out Vector512<long> r1, out Vector512<long> r2,
        out Vector512<long> r3, out Vector512<long> r4)
    {
        Vector512<double> a0 = value._0, a1 = value._1, a2 = value._2, a3 = value._3, a4 = value._4;
        Vector512<double> d0 = a0 + a0, d1 = a1 + a1, d2 = a2 + a2, d3 = a3 + a3;
        Vector512<long> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        Vector512<long> c5 = default, c6 = default, c7 = default, c8 = default, c9 = default;
        Product(a0, a0, ref c0, ref c1);
        Product(d0, a1, ref c1, ref c2);
        Product(d0, a2, ref c2, ref c3);
        Product(a1, a1, ref c2, ref c3);
        Product(d0, a3, ref c3, ref c4);
        Product(d1, a2, ref c3, ref c4);
        Product(d0, a4, ref c4, ref c5);
        Product(d1, a3, ref c4, ref c5);
        Product(a2, a2, ref c4, ref c5);
        Product(d1, a4, ref c5, ref c6);
        Product(d2, a3, ref c5, ref c6);
        r0 = c0 + Nineteen(c5);
        Product(d2, a4, ref c6, ref c7);
        Product(a3, a3, ref c6, ref c7);
        r1 = c1 + Nineteen(c6);
        Product(d3, a4, ref c7, ref c8);
        r2 = c2 + Nineteen(c7);
        Product(a4, a4, ref c8, ref c9);
        r3 = c3 + Nineteen(c8);
        r4 = c4 + Nineteen(c9);
    }

    /// <summary>Adds a product, split at 2^51, to two neighbouring columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Vector512<double> a, Vector512<double> b, ref Vector512<long> column, ref Vector512<long> next)
    {
        var high = Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(HighMagic));
        next += high.AsInt64();
        column += Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(SplitMagic) - high).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Nineteen(Vector512<long> value) =>
        Avx512DQ.MultiplyLow(value, Vector512.Create(19L));

    /// <summary>Leaves 51 bits in each column, around zero, and makes doubles of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        ref FieldVector512 result, Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3,
        Vector512<long> c4)
    {
        c1 += c0 >>> 51;
        c2 += c1 >>> 51;
        c3 += c2 >>> 51;
        c4 += c3 >>> 51;
        var top = Avx512F.Multiply((c4 >>> 51).AsUInt32(), Vector512.Create(19ul).AsUInt32()).AsInt64();
        var offset = Vector512.Create(DoubleOffset);
        result._0 = (LimbOf(c0) + top).AsDouble() - Vector512.Create(LowestOffset);
        result._1 = LimbOf(c1).AsDouble() - offset;
        result._2 = LimbOf(c2).AsDouble() - offset;
        result._3 = LimbOf(c3).AsDouble() - offset;
        result._4 = LimbOf(c4).AsDouble() - offset;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LimbOf(Vector512<long> column) =>
        (column & Vector512.Create(Limb)) | Vector512.Create(DoubleBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ref Vector512<double> left, ref Vector512<double> right, Vector512<double> mask)
    {
        var kept = left;
        left = Vector512.ConditionalSelect(mask, right, left);
        right = Vector512.ConditionalSelect(mask, kept, right);
    }
}
