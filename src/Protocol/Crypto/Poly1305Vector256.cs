using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>Poly1305 on four blocks side by side: five limbs of 26 bits, one 64-bit lane per block.</summary>
/// <remarks>
/// Every lane is multiplied by r^4 per step; at the end the lane that holds the i-th of four blocks by r^(4 - i),
/// and the lanes are added. Limbs stay below 2^27, powers below 2^27 and five times a power below 2^30, so that a
/// product of 32 by 32 bits never overflows and a column of five stays below 2^60.
/// </remarks>
internal struct Poly1305Vector256
{
    public const int Lanes = 4;
    public const int Stride = Lanes * Poly1305.TagSize;

    private const ulong Mask = (1ul << 26) - 1;
    private const ulong HighBit = 1ul << 24;

    // The limbs of the step's multiplier in all lanes, then those of each lane's last one.
    private Limbs _step, _last;

    /// <summary>Stores r^power, for powers 1 to 4.</summary>
    public void SetPower(int power, ulong word0, ulong word1, ulong word2)
    {
        // Unpacking two vectors of two blocks each puts the blocks into lanes 0, 2, 1, 3.
        var lane = power switch { 4 => 0, 3 => 2, 2 => 1, _ => 3 };
        var l0 = word0 & Mask;
        var l1 = (word0 >> 26) & Mask;
        var l2 = ((word0 >> 52) | (word1 << 12)) & Mask;
        var l3 = (word1 >> 14) & Mask;
        var l4 = (word1 >> 40) | (word2 << 24);
        _last._0 = _last._0.WithElement(lane, l0);
        _last._1 = _last._1.WithElement(lane, l1);
        _last._2 = _last._2.WithElement(lane, l2);
        _last._3 = _last._3.WithElement(lane, l3);
        _last._4 = _last._4.WithElement(lane, l4);
        if (power != Lanes)
            return;
        _step._0 = Vector256.Create(l0);
        _step._1 = Vector256.Create(l1);
        _step._2 = Vector256.Create(l2);
        _step._3 = Vector256.Create(l3);
        _step._4 = Vector256.Create(l4);
    }

    /// <summary>Takes whole groups of four blocks, at least one, into an accumulator of 64-bit words.</summary>
    public readonly void Update(ReadOnlySpan<byte> blocks, ref ulong word0, ref ulong word1, ref ulong word2)
    {
        var h = default(Limbs);
        h._0 = Vector256.CreateScalar(word0 & Mask);
        h._1 = Vector256.CreateScalar((word0 >> 26) & Mask);
        h._2 = Vector256.CreateScalar(((word0 >> 52) | (word1 << 12)) & Mask);
        h._3 = Vector256.CreateScalar((word1 >> 14) & Mask);
        h._4 = Vector256.CreateScalar((word1 >> 40) | (word2 << 24));
        Add(ref h, blocks);
        for (blocks = blocks[Stride..]; blocks.Length >= Stride; blocks = blocks[Stride..])
        {
            Multiply(ref h, _step);
            Add(ref h, blocks);
        }

        Multiply(ref h, _last);

        // The sum of four lanes, carried once more, has limbs of 26 bits but for a few more in the second.
        var l0 = Vector256.Sum(h._0);
        var l1 = Vector256.Sum(h._1) + (l0 >> 26);
        var l2 = Vector256.Sum(h._2) + (l1 >> 26);
        var l3 = Vector256.Sum(h._3) + (l2 >> 26);
        var l4 = Vector256.Sum(h._4) + (l3 >> 26);
        l0 = (l0 & Mask) + 5 * (l4 >> 26);
        l1 = (l1 & Mask) + (l0 >> 26);
        l0 &= Mask;
        l2 &= Mask;
        l3 &= Mask;
        l4 &= Mask;
        l2 += l1 >> 26;
        l1 &= Mask;
        l3 += l2 >> 26;
        l2 &= Mask;
        l4 += l3 >> 26;
        l3 &= Mask;
        word0 = l0 | (l1 << 26) | (l2 << 52);
        word1 = (l2 >> 12) | (l3 << 14) | (l4 << 40);
        word2 = l4 >> 24;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Poly1305Vector256>(ref this)));

    /// <summary>Adds one block to each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Limbs h, ReadOnlySpan<byte> blocks)
    {
        var first = Vector256.Create(blocks).AsUInt64();
        var second = Vector256.Create(blocks[32..]).AsUInt64();
        var low = Interleave.Low(first, second);
        var high = Interleave.High(first, second);
        var mask = Vector256.Create(Mask);
        h._0 += low & mask;
        h._1 += (low >>> 26) & mask;
        h._2 += ((low >>> 52) | (high << 12)) & mask;
        h._3 += (high >>> 14) & mask;
        h._4 += (high >>> 40) | Vector256.Create(HighBit);
    }

    /// <summary>h = h * r modulo 2^130 - 5, with limbs a little above 26 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(ref Limbs h, in Limbs r)
    {
        Vector256<ulong> s1 = r._1 + (r._1 << 2), s2 = r._2 + (r._2 << 2), s3 = r._3 + (r._3 << 2), s4 = r._4 + (r._4 << 2);
        var (h0, h1, h2, h3, h4) = (h._0, h._1, h._2, h._3, h._4);
        var d0 = Product(h0, r._0) + Product(h1, s4) + Product(h2, s3) + Product(h3, s2) + Product(h4, s1);
        var d1 = Product(h0, r._1) + Product(h1, r._0) + Product(h2, s4) + Product(h3, s3) + Product(h4, s2);
        var d2 = Product(h0, r._2) + Product(h1, r._1) + Product(h2, r._0) + Product(h3, s4) + Product(h4, s3);
        var d3 = Product(h0, r._3) + Product(h1, r._2) + Product(h2, r._1) + Product(h3, r._0) + Product(h4, s4);
        var d4 = Product(h0, r._4) + Product(h1, r._3) + Product(h2, r._2) + Product(h3, r._1) + Product(h4, r._0);

        // Two chains of carries side by side, from limb 0 and from limb 3.
        var mask = Vector256.Create(Mask);
        d1 += d0 >>> 26;
        d4 += d3 >>> 26;
        d0 &= mask;
        d3 &= mask;
        d2 += d1 >>> 26;
        var top = d4 >>> 26;
        d0 += top + (top << 2);
        d1 &= mask;
        d4 &= mask;
        d3 += d2 >>> 26;
        d1 += d0 >>> 26;
        d2 &= mask;
        d0 &= mask;
        d4 += d3 >>> 26;
        d3 &= mask;
        (h._0, h._1, h._2, h._3, h._4) = (d0, d1, d2, d3, d4);
    }

    /// <summary>The 64-bit products of the low 32 bits of each lane; the high ones are zero here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.Multiply(left.AsUInt32(), right.AsUInt32()) : left * right;

    private struct Limbs
    {
        public Vector256<ulong> _0, _1, _2, _3, _4;
    }
}
