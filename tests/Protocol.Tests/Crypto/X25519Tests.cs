using System;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using Warren.Protocol.Crypto;
using Warren.Testing;

namespace Warren.Protocol.Tests.Crypto;

public sealed class X25519Tests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    [Theory]
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    [InlineData(
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")]
    public void Multiplies_as_RFC_7748(string scalar, string point, string expected)
    {
        var shared = new byte[32];
        Assert.True(X25519.TryScalarMult(Hex.Bytes(scalar), Hex.Bytes(point), shared));
        Assert.Equal(expected, Hex.Text(shared));
    }

    [Theory]
    [InlineData(
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")]
    [InlineData(
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")]
    public void Makes_the_public_keys_of_RFC_7748(string scalar, string expected)
    {
        var point = new byte[32];
        X25519.ScalarMultBase(Hex.Bytes(scalar), point);
        Assert.Equal(expected, Hex.Text(point));
    }

    [Theory]
    [InlineData(1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")]
    [InlineData(1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")]
    public void Iterates_as_RFC_7748(int times, string expected)
    {
        byte[] scalar = new byte[32], point = new byte[32], shared = new byte[32];
        scalar[0] = point[0] = 9;
        for (var i = 0; i < times; i++)
        {
            Assert.True(X25519.TryScalarMult(scalar, point, shared));
            (scalar, point, shared) = (shared, scalar, point);
        }

        Assert.Equal(expected, Hex.Text(scalar));
    }

    [Fact]
    public void Agrees_with_every_answer_of_Wycheproof()
    {
        var file = SharedVectors.Find("wycheproof_x25519_test.json");
        if (file is null)
            Assert.Skip(SharedVectors.Absent);

        using var vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        var count = 0;
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var expected = test.GetProperty("shared").GetString()!;
                var shared = new byte[32];
                var nonZero = X25519.TryScalarMult(
                    Hex.Bytes(test.GetProperty("private").GetString()!),
                    Hex.Bytes(test.GetProperty("public").GetString()!),
                    shared);
                Assert.Equal(expected, Hex.Text(shared));
                Assert.Equal(expected.Any(c => c != '0'), nonZero);
                count++;
            }
        }

        Assert.Equal(vectors.RootElement.GetProperty("numberOfTests").GetInt32(), count);
    }

    /// <summary>The points whose order divides eight, on the curve and on its twist, with every way to write them.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Refuses_points_of_low_order(string text)
    {
        var point = Hex.Bytes(text);
        foreach (var highBit in new byte[] { 0, 0x80 })
        {
            point[31] = (byte)((point[31] & 0x7f) | highBit);
            for (var seed = 0; seed < 4; seed++)
            {
                var scalar = new byte[32];
                new Random(seed).NextBytes(scalar);
                var shared = new byte[32];
                Array.Fill(shared, (byte)0xaa);
                Assert.False(X25519.TryScalarMult(scalar, point, shared));
                Assert.All(shared, b => Assert.Equal(0, b));
            }
        }
    }

    [Fact]
    public void Takes_non_canonical_points_modulo_p_and_ignores_the_highest_bit()
    {
        var scalar = new byte[32];
        new Random(1).NextBytes(scalar);
        for (var small = 2; small < 19; small++)
        {
            byte[] expected = new byte[32], shared = new byte[32];
            Assert.True(X25519.TryScalarMult(scalar, Encode(small), expected));
            Assert.True(X25519.TryScalarMult(scalar, Encode(Prime + small), shared));
            Assert.Equal(expected, shared);
            var point = Encode(Prime + small);
            point[31] |= 0x80;
            Assert.True(X25519.TryScalarMult(scalar, point, shared));
            Assert.Equal(expected, shared);
        }
    }

    [Fact]
    public void Clamps_the_scalar()
    {
        byte[] scalar = new byte[32], point = new byte[32], expected = new byte[32], shared = new byte[32];
        new Random(2).NextBytes(scalar);
        new Random(3).NextBytes(point);
        var clamped = (byte[])scalar.Clone();
        clamped[0] &= 248;
        clamped[31] = (byte)((clamped[31] & 127) | 64);
        Assert.True(X25519.TryScalarMult(clamped, point, expected));
        for (var bits = 0; bits < 32; bits++)
        {
            scalar[0] = (byte)((clamped[0] & 248) | (bits & 7));
            scalar[31] = (byte)((clamped[31] & 63) | ((bits >> 3) << 6));
            Assert.True(X25519.TryScalarMult(scalar, point, shared));
            Assert.Equal(expected, shared);
        }
    }

    [Fact]
    public void Output_may_be_the_memory_of_an_input()
    {
        byte[] scalar = new byte[32], point = new byte[32], expected = new byte[32];
        new Random(4).NextBytes(scalar);
        new Random(5).NextBytes(point);
        X25519.TryScalarMult(scalar, point, expected);
        var shared = (byte[])scalar.Clone();
        X25519.TryScalarMult(shared, point, shared);
        Assert.Equal(expected, shared);
        X25519.TryScalarMult(scalar, point, point);
        Assert.Equal(expected, point);
    }

    [Fact]
    public void Refuses_other_lengths()
    {
        Assert.Throws<ArgumentException>(() => X25519.TryScalarMult(new byte[31], new byte[32], new byte[32]));
        Assert.Throws<ArgumentException>(() => X25519.TryScalarMult(new byte[32], new byte[33], new byte[32]));
        Assert.Throws<ArgumentException>(() => X25519.TryScalarMult(new byte[32], new byte[32], []));
    }

    private static byte[] Encode(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
