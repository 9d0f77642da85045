using System;
using System.Numerics;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class Poly1305Tests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 130) - 5;

    public static TheoryData<int> Widths => ChaCha20Poly1305Tests.Widths;

    [Fact]
    public void Makes_a_tag_as_RFC_8439_2_5_2()
    {
        var tag = new byte[16];
        Poly1305.Mac(
            Hex.Bytes("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"),
            "Cryptographic Forum Research Group"u8, tag, VectorWidth.Scalar);
        Assert.Equal("a8061dc1305136c6c22b8baf0c0127a9", Hex.Text(tag));
    }

    /// <summary>The vectors of RFC 8439 A.3 that lie at the edges of the reduction (numbers 7 to 11).</summary>
    [Theory]
    [InlineData("02", "00", "ffffffffffffffffffffffffffffffff", "03")]
    [InlineData("02", "ffffffffffffffffffffffffffffffff", "02000000000000000000000000000000", "03")]
    [InlineData(
        "01", "00",
        "ffffffffffffffffffffffffffffffff f0ffffffffffffffffffffffffffffff 11000000000000000000000000000000", "05")]
    [InlineData(
        "01", "00",
        "ffffffffffffffffffffffffffffffff fbfefefefefefefefefefefefefefefe 01010101010101010101010101010101", "00")]
    [InlineData("02", "00", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    public void Reduces_as_RFC_8439_A_3(string r, string s, string message, string tag)
    {
        byte[] key = new byte[32], expected = new byte[16], actual = new byte[16];
        Hex.Bytes(r).CopyTo(key, 0);
        Hex.Bytes(s).CopyTo(key, 16);
        Hex.Bytes(tag).CopyTo(expected, 0);
        Poly1305.Mac(key, Hex.Bytes(message), actual, VectorWidth.Scalar);
        Assert.Equal(expected, actual);
    }

    /// <summary>Against the definition, RFC 8439 2.5.1, in arbitrary precision, with messages and keys at the extremes.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Is_its_definition_for_extreme_and_random_messages(int width)
    {
        var random = new Random(1305);
        for (var round = 0; round < 2000; round++)
        {
            byte[] key = new byte[32], message = new byte[random.Next(round % 8 == 0 ? 2100 : 400)], tag = new byte[16];
            Fill(random, key);
            Fill(random, message);
            Poly1305.Mac(key, message, tag, (VectorWidth)width);
            Assert.Equal(Definition(key, message), tag);
        }
    }

    /// <summary>Random bytes, or nearly all ones or zeros: where carries hide.</summary>
    internal static void Fill(Random random, Span<byte> bytes)
    {
        random.NextBytes(bytes);
        var extreme = random.Next(4);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (extreme == 0 || (extreme == 1 && random.Next(8) != 0))
                bytes[i] = 0xff;
            if (extreme == 2 && random.Next(8) != 0)
                bytes[i] = 0;
        }
    }

    internal static byte[] Definition(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        var clamp = BigInteger.Parse(
            "00ffffffc0ffffffc0ffffffc0fffffff", System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture);
        var r = new BigInteger(key[..16], isUnsigned: true) & clamp;
        var s = new BigInteger(key[16..], isUnsigned: true);
        var h = BigInteger.Zero;
        for (var i = 0; i < message.Length; i += 16)
        {
            var block = message[i..Math.Min(i + 16, message.Length)];
            h = (h + new BigInteger(block, isUnsigned: true) + (BigInteger.One << (8 * block.Length))) * r % Prime;
        }

        var tag = new byte[17];
        ((h + s) & ((BigInteger.One << 128) - 1)).TryWriteBytes(tag, out _, isUnsigned: true);
        return tag[..16];
    }
}
