using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Warren.Protocol.Crypto;

/// <summary>Poly1305 of four packets side by side: five limbs of 26 bits, a 64-bit lane per packet.</summary>
/// <remarks>
/// A step takes four blocks m of each packet: h = (h + m0) r^4 + m1 r^3 + m2 r^2 + m3 r, carried once. Limbs of h
/// and of powers are below 2^27 (h + m0 below 2^28), five times a power below 2^30: a column of twenty products stays below 2^63.
/// </remarks>
internal static class Poly1305Lanes256
{
    /// <summary>Packets per call.</summary>
    public const int Lanes = 4;

    /// <summary>Clamps the r of each lane and raises it to its second, third and fourth power; the accumulators begin at zero.</summary>
    /// <param name="state">Its first two rows hold the words of r.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Start(Span<ulong> state)
    {
        // SAFETY: the state has all its rows.
        ref var rows = ref MemoryMarshal.GetReference(state[..(Poly1305Lanes.StateRows * Lanes)]);
        ref var power = ref Unsafe.Add(ref rows, Poly1305Lanes.Powers * Lanes);
        var low = Row(ref rows, 0) & Vector256.Create(0x0ffffffc0ffffffful);
        var high = Row(ref rows, 1) & Vector256.Create(0x0ffffffc0ffffffcul);
        var mask = Vector256.Create(Poly1305Lanes.Mask);
        Limbs r;
        r._0 = low & mask;
        r._1 = (low >>> 26) & mask;
        r._2 = ((low >>> 52) | (high << 12)) & mask;
        r._3 = (high >>> 14) & mask;
        r._4 = high >>> 40;
        StoreFactor(ref r, ref power);
        var zero = default(Limbs);
        Store(ref zero, ref rows);
        ref var second = ref Unsafe.Add(ref power, Poly1305Lanes.PowerRows * Lanes);
        var r2 = Multiply(r, r);
        var r3 = Multiply(r2, r);
        var r4 = Multiply(r2, r2);
        StoreFactor(ref r2, ref second);
        StoreFactor(ref r3, ref Unsafe.Add(ref second, Poly1305Lanes.PowerRows * Lanes));
        StoreFactor(ref r4, ref Unsafe.Add(ref second, 2 * Poly1305Lanes.PowerRows * Lanes));
    }

    /// <summary>Reduces each accumulator, adds s and writes the words of the tags to the first two rows.</summary>
    /// <param name="state">The rows of high bits hold, in their first two, the words of s.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(Span<ulong> state)
    {
        // SAFETY: the state has all its rows.
        ref var rows = ref MemoryMarshal.GetReference(state[..(Poly1305Lanes.StateRows * Lanes)]);
        var mask = Vector256.Create(Poly1305Lanes.Mask);
        var h = Load(ref rows);
        Ripple(ref h);
        var top = h._4 >>> 26;
        h._4 &= mask;
        h._0 += top + (top << 2);
        Ripple(ref h);

        // h mod 2^130 - 5: where h + 5 reaches 2^130, what is below that.
        var g = h;
        g._0 += Vector256.Create(5ul);
        Ripple(ref g);
        var less = Vector256.Equals(g._4 >>> 26, Vector256<ulong>.Zero);
        h._0 = Vector256.ConditionalSelect(less, h._0, g._0);
        h._1 = Vector256.ConditionalSelect(less, h._1, g._1);
        h._2 = Vector256.ConditionalSelect(less, h._2, g._2);
        h._3 = Vector256.ConditionalSelect(less, h._3, g._3);
        h._4 = Vector256.ConditionalSelect(less, h._4, g._4 & mask);
        var low = h._0 | (h._1 << 26) | (h._2 << 52);
        var high = (h._2 >>> 12) | (h._3 << 14) | (h._4 << 40);
        var s = Row(ref rows, Poly1305Lanes.HighBits);
        low += s;
        high += Row(ref rows, Poly1305Lanes.HighBits + 1) - Vector256.LessThan(low, s);
        low.StoreUnsafe(ref rows);
        high.StoreUnsafe(ref rows, Lanes);
    }

    /// <summary>
    /// Where lanes are consecutive segments of packets, as many each: brings each lane's accumulator up to where its
    /// packet ends, so that a packet's lanes may be added.
    /// </summary>
    /// <param name="state">All rows.</param>
    /// <param name="steps">How many steps a segment has; at least one.</param>
    /// <param name="segments">How many segments a packet has; a power of two.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void JoinSegments(Span<ulong> state, int steps, int segments)
    {
        // SAFETY: the state has all its rows.
        ref var rows = ref MemoryMarshal.GetReference(state[..(Poly1305Lanes.StateRows * Lanes)]);
        var fourth = Load(ref Unsafe.Add(ref rows, (Poly1305Lanes.Powers + 3 * Poly1305Lanes.PowerRows) * Lanes));
        var jump = fourth;
        for (var bit = BitOperations.Log2((uint)steps) - 1; bit >= 0; bit--)
        {
            jump = Multiply(jump, jump);
            if ((steps >> bit & 1) != 0)
                jump = Multiply(jump, fourth);
        }

        var remaining = Vector256.Create((ulong)segments - 1) - (Vector256<ulong>.Indices & Vector256.Create((ulong)segments - 1));
        var h = Load(ref rows);
        for (var bit = 1; bit < segments; bit <<= 1)
        {
            var stays = Vector256.Equals(remaining & Vector256.Create((ulong)bit), Vector256<ulong>.Zero);
            Limbs chosen;
            chosen._0 = Vector256.ConditionalSelect(stays, Vector256<ulong>.One, jump._0);
            chosen._1 = Vector256.AndNot(jump._1, stays);
            chosen._2 = Vector256.AndNot(jump._2, stays);
            chosen._3 = Vector256.AndNot(jump._3, stays);
            chosen._4 = Vector256.AndNot(jump._4, stays);
            h = Multiply(h, chosen);
            if (bit << 1 < segments)
                jump = Multiply(jump, jump);
        }

        Store(ref h, ref rows);
    }

    /// <summary>Takes steps of 64 bytes of each lane, which begin at its offset in the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, int steps, Span<ulong> state)
    {
        offsets = offsets[..Lanes];
        foreach (var offset in offsets)
            _ = text.Slice(offset, steps * Poly1305Lanes.Chunk);

        // SAFETY: the state has all its rows, the text all steps of each lane.
        ref var rows = ref MemoryMarshal.GetReference(state[..(Poly1305Lanes.StateRows * Lanes)]);
        ref var bytes = ref MemoryMarshal.GetReference(text);
        ref var powers = ref Unsafe.Add(ref rows, Poly1305Lanes.Powers * Lanes);
        var h = Load(ref rows);
        ref var text0 = ref Unsafe.Add(ref bytes, offsets[0]);
        ref var text1 = ref Unsafe.Add(ref bytes, offsets[1]);
        ref var text2 = ref Unsafe.Add(ref bytes, offsets[2]);
        ref var text3 = ref Unsafe.Add(ref bytes, offsets[3]);
        nuint at = 0;
        for (var step = 0; step < steps; step++, at += Poly1305Lanes.Chunk)
        {
            var d = default(Limbs);
            var x00 = Vector256.LoadUnsafe(ref text0, at + 0).AsUInt64();
            var x01 = Vector256.LoadUnsafe(ref text1, at + 0).AsUInt64();
            var x02 = Vector256.LoadUnsafe(ref text2, at + 0).AsUInt64();
            var x03 = Vector256.LoadUnsafe(ref text3, at + 0).AsUInt64();
            var (t00, t01) = (Interleave.Low(x00, x01), Interleave.High(x00, x01));
            var (t02, t03) = (Interleave.Low(x02, x03), Interleave.High(x02, x03));
            Block(ref h, ref d, Interleave.Lower(t00, t02), Interleave.Lower(t01, t03), ref rows, 0);
            Block(ref h, ref d, Interleave.Upper(t00, t02), Interleave.Upper(t01, t03), ref rows, 1);
            var x10 = Vector256.LoadUnsafe(ref text0, at + 32).AsUInt64();
            var x11 = Vector256.LoadUnsafe(ref text1, at + 32).AsUInt64();
            var x12 = Vector256.LoadUnsafe(ref text2, at + 32).AsUInt64();
            var x13 = Vector256.LoadUnsafe(ref text3, at + 32).AsUInt64();
            var (t10, t11) = (Interleave.Low(x10, x11), Interleave.High(x10, x11));
            var (t12, t13) = (Interleave.Low(x12, x13), Interleave.High(x12, x13));
            Block(ref h, ref d, Interleave.Lower(t10, t12), Interleave.Lower(t11, t13), ref rows, 2);
            Block(ref h, ref d, Interleave.Upper(t10, t12), Interleave.Upper(t11, t13), ref rows, 3);
            Carry(ref d);
            h = d;
        }

        Store(ref h, ref rows);
    }

    /// <summary>Adds a block of a step, times its power, to the columns; block 0 takes the accumulator along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref Limbs h, ref Limbs d, Vector256<ulong> low, Vector256<ulong> high, ref ulong rows, int block)
    {
        var mask = Vector256.Create(Poly1305Lanes.Mask);
        var m0 = low & mask;
        var m1 = (low >>> 26) & mask;
        var m2 = ((low >>> 52) | (high << 12)) & mask;
        var m3 = (high >>> 14) & mask;
        var m4 = (high >>> 40) | Row(ref rows, Poly1305Lanes.HighBits + block);
        if (block == 0)
            (m0, m1, m2, m3, m4) = (m0 + h._0, m1 + h._1, m2 + h._2, m3 + h._3, m4 + h._4);
        MultiplyAdd(ref d, m0, m1, m2, m3, m4, ref Unsafe.Add(ref rows,
            (Poly1305Lanes.Powers + (Poly1305Lanes.BlocksPerStep - 1 - block) * Poly1305Lanes.PowerRows) * Lanes));
    }

    /// <summary>d += m * power, columns not carried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        ref Limbs d, Vector256<ulong> m0, Vector256<ulong> m1, Vector256<ulong> m2, Vector256<ulong> m3,
        Vector256<ulong> m4, ref ulong power)
    {
        d._0 = d._0 + Product(m0, Row(ref power, 0)) + Product(m1, Row(ref power, 8)) + Product(m2, Row(ref power, 7)) +
            Product(m3, Row(ref power, 6)) + Product(m4, Row(ref power, 5));
        d._1 = d._1 + Product(m0, Row(ref power, 1)) + Product(m1, Row(ref power, 0)) + Product(m2, Row(ref power, 8)) +
            Product(m3, Row(ref power, 7)) + Product(m4, Row(ref power, 6));
        d._2 = d._2 + Product(m0, Row(ref power, 2)) + Product(m1, Row(ref power, 1)) + Product(m2, Row(ref power, 0)) +
            Product(m3, Row(ref power, 8)) + Product(m4, Row(ref power, 7));
        d._3 = d._3 + Product(m0, Row(ref power, 3)) + Product(m1, Row(ref power, 2)) + Product(m2, Row(ref power, 1)) +
            Product(m3, Row(ref power, 0)) + Product(m4, Row(ref power, 8));
        d._4 = d._4 + Product(m0, Row(ref power, 4)) + Product(m1, Row(ref power, 3)) + Product(m2, Row(ref power, 2)) +
            Product(m3, Row(ref power, 1)) + Product(m4, Row(ref power, 0));
    }

    /// <summary>Columns to limbs a little above 26 bits: two chains of carries side by side, from limb 0 and from limb 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(ref Limbs d)
    {
        var mask = Vector256.Create(Poly1305Lanes.Mask);
        d._1 += d._0 >>> 26;
        d._4 += d._3 >>> 26;
        d._0 &= mask;
        d._3 &= mask;
        d._2 += d._1 >>> 26;
        var top = d._4 >>> 26;
        d._0 += top + (top << 2);
        d._1 &= mask;
        d._4 &= mask;
        d._3 += d._2 >>> 26;
        d._1 += d._0 >>> 26;
        d._2 &= mask;
        d._0 &= mask;
        d._4 += d._3 >>> 26;
        d._3 &= mask;
    }

    /// <summary>Carries from limb to limb; what is above 26 bits stays in the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ripple(ref Limbs h)
    {
        var mask = Vector256.Create(Poly1305Lanes.Mask);
        h._1 += h._0 >>> 26;
        h._0 &= mask;
        h._2 += h._1 >>> 26;
        h._1 &= mask;
        h._3 += h._2 >>> 26;
        h._2 &= mask;
        h._4 += h._3 >>> 26;
        h._3 &= mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Row(ref ulong rows, int row) => Vector256.LoadUnsafe(ref rows, (nuint)(row * Lanes));

    /// <summary>left * right, carried, in registers alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Limbs Multiply(Limbs left, Limbs right)
    {
        Vector256<ulong> s1 = right._1 + (right._1 << 2), s2 = right._2 + (right._2 << 2);
        Vector256<ulong> s3 = right._3 + (right._3 << 2), s4 = right._4 + (right._4 << 2);
        Limbs d;
        d._0 = Product(left._0, right._0) + Product(left._1, s4) + Product(left._2, s3) +
            Product(left._3, s2) + Product(left._4, s1);
        d._1 = Product(left._0, right._1) + Product(left._1, right._0) + Product(left._2, s4) +
            Product(left._3, s3) + Product(left._4, s2);
        d._2 = Product(left._0, right._2) + Product(left._1, right._1) + Product(left._2, right._0) +
            Product(left._3, s4) + Product(left._4, s3);
        d._3 = Product(left._0, right._3) + Product(left._1, right._2) + Product(left._2, right._1) +
            Product(left._3, right._0) + Product(left._4, s4);
        d._4 = Product(left._0, right._4) + Product(left._1, right._3) + Product(left._2, right._2) +
            Product(left._3, right._1) + Product(left._4, right._0);
        Carry(ref d);
        return d;
    }

    /// <summary>Stores limbs and five times the upper four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFactor(ref Limbs limbs, ref ulong factor)
    {
        Store(ref limbs, ref factor);
        (limbs._1 + (limbs._1 << 2)).StoreUnsafe(ref factor, 5 * Lanes);
        (limbs._2 + (limbs._2 << 2)).StoreUnsafe(ref factor, 6 * Lanes);
        (limbs._3 + (limbs._3 << 2)).StoreUnsafe(ref factor, 7 * Lanes);
        (limbs._4 + (limbs._4 << 2)).StoreUnsafe(ref factor, 8 * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Limbs Load(ref ulong rows)
    {
        Limbs limbs;
        (limbs._0, limbs._1, limbs._2) = (Row(ref rows, 0), Row(ref rows, 1), Row(ref rows, 2));
        (limbs._3, limbs._4) = (Row(ref rows, 3), Row(ref rows, 4));
        return limbs;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref Limbs limbs, ref ulong rows)
    {
        limbs._0.StoreUnsafe(ref rows);
        limbs._1.StoreUnsafe(ref rows, Lanes);
        limbs._2.StoreUnsafe(ref rows, 2 * Lanes);
        limbs._3.StoreUnsafe(ref rows, 3 * Lanes);
        limbs._4.StoreUnsafe(ref rows, 4 * Lanes);
    }

    /// <summary>The 64-bit products of the low 32 bits of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.Multiply(left.AsUInt32(), right.AsUInt32()) : left * right;

    private struct Limbs
    {
        public Vector256<ulong> _0, _1, _2, _3, _4;
    }
}
