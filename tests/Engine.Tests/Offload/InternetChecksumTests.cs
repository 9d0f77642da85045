using System;
using System.Buffers.Binary;
using Warren.Engine.Offload;

namespace Warren.Engine.Tests.Offload;

public sealed class InternetChecksumTests
{
    private readonly Random _random = new(20261127);

    public static TheoryData<int> Widths => [64, 32, 16, 0];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length_and_alignment_sums_as_word_by_word(int widest)
    {
        var memory = new byte[2100 + 64];
        for (var length = 0; length <= 2100; length++)
        {
            var bytes = memory.AsSpan(length % 64, length);
            _random.NextBytes(bytes);
            Compare(bytes, widest);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void No_carry_is_lost_in_the_longest_packet_of_ones(int widest)
    {
        var bytes = new byte[65536];
        foreach (var length in new[] { 65536, 65535, 65534, 64, 63, 33, 17, 3, 2, 1 })
        {
            Array.Fill(bytes, (byte)0xff);
            Compare(bytes.AsSpan(0, length), widest);
            bytes.AsSpan().Clear();
            Compare(bytes.AsSpan(0, length), widest);
        }
    }

    [Fact]
    public void Parts_of_even_length_sum_to_the_whole_one_after_the_other()
    {
        var bytes = new byte[3000];
        for (var round = 0; round < 500; round++)
        {
            _random.NextBytes(bytes);
            var sum = 0UL;
            var rest = bytes.AsSpan(0, _random.Next(bytes.Length));
            var whole = NaiveChecksum.Sum(rest);
            while (rest.Length > 0)
            {
                var part = Math.Min(rest.Length, 2 * _random.Next(1, 300));
                sum = InternetChecksum.Add(sum, rest[..part]);
                rest = rest[part..];
            }

            Assert.Equal(whole, Written(InternetChecksum.Fold(sum)));
        }
    }

    [Fact]
    public void Folding_keeps_the_sum_modulo_65535_and_zero_for_zero_alone()
    {
        Assert.Equal(0, InternetChecksum.Fold(0));
        foreach (var sum in new ulong[] { 1, 0xfffe, 0xffff, 0x10000, 0xffff_ffff, 0x1_0000_0000, 0xffff_0001_0000, ulong.MaxValue - 1, ulong.MaxValue })
            CheckFold(sum);
        for (var round = 0; round < 100_000; round++)
            CheckFold((ulong)_random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64));
    }

    [Fact]
    public void The_pseudo_header_counts_a_length_beyond_16_bits()
    {
        foreach (var length in new[] { 0, 1, 0xffff, 0x10000, 0x1_2345 })
        {
            var sum = InternetChecksum.Fold(InternetChecksum.AddPseudoHeader(0, 17, length));
            Assert.Equal(NaiveChecksum.Sum([], 17u + (uint)(length >> 16) + (uint)(length & 0xffff)), Written(sum));
        }
    }

    private static void Compare(ReadOnlySpan<byte> bytes, int widest)
    {
        var expected = NaiveChecksum.Sum(bytes);
        Assert.Equal(expected, Written(InternetChecksum.Fold(InternetChecksum.Add(0, bytes, widest))));
        Assert.Equal(
            NaiveChecksum.Sum(bytes, 0xabcd), Written(InternetChecksum.Fold(InternetChecksum.Add(InternetChecksum.AddWord(0, 0xabcd), bytes, widest))));
        Assert.Equal(expected, Written(InternetChecksum.Fold(InternetChecksum.Add(0, bytes))));
    }

    private static void CheckFold(ulong sum)
    {
        var folded = InternetChecksum.Fold(sum);
        Assert.Equal(sum % 65535, folded % 65535u);
        Assert.Equal(sum == 0, folded == 0);
    }

    // As it stands on the wire.
    private static ushort Written(ushort folded)
    {
        Span<byte> field = stackalloc byte[2];
        InternetChecksum.Write(field, folded);
        return BinaryPrimitives.ReadUInt16BigEndian(field);
    }
}
