using System;
using System.Collections.Generic;
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
    public void Words_iterate_as_RFC_7748_too()
    {
        byte[] scalar = new byte[32], point = new byte[32];
        scalar[0] = point[0] = 9;
        for (var i = 0; i < 1000; i++)
            (scalar, point) = (Multiply([scalar], [point], width: 1)[0], scalar);
        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Hex.Text(scalar));
    }

    /// <summary>Every width with every number of pairs from one to seventeen: full vectors, padded ones and none.</summary>
    public static TheoryData<int, int> Ways()
    {
        var ways = new TheoryData<int, int>();
        foreach (var width in X25519.Widest switch { 8 => new[] { 1, 4, 8 }, 4 => [1, 4], _ => [1] })
        {
            for (var count = 1; count <= 17; count++)
                ways.Add(width, count);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Agrees_with_every_answer_of_Wycheproof(int width, int lanes)
    {
        var file = SharedVectors.Find("wycheproof_x25519_test.json");
        if (file is null)
            Assert.Skip(SharedVectors.Absent);

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var tests = document.RootElement.GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray())
            .Select(test => (
                Scalar: Hex.Bytes(test.GetProperty("private").GetString()!),
                Point: Hex.Bytes(test.GetProperty("public").GetString()!),
                Shared: test.GetProperty("shared").GetString()!))
            .ToArray();
        Assert.Equal(document.RootElement.GetProperty("numberOfTests").GetInt32(), tests.Length);
        for (var i = 0; i < tests.Length; i += lanes)
        {
            // Neighbours in a vector are neighbours in the file: edge cases side by side, some of low order.
            var batch = tests[i..Math.Min(i + lanes, tests.Length)];
            var shared = Multiply(batch.Select(test => test.Scalar), batch.Select(test => test.Point), width);
            Assert.Equal(batch.Select(test => test.Shared), shared.Select(bytes => Hex.Text(bytes)));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_point_of_low_order_gives_zeros_in_its_lane_alone(int width, int lanes)
    {
        var random = new Random(lanes);
        for (var low = 0; low < lanes; low++)
        {
            byte[][] scalars = [.. Enumerable.Range(0, lanes).Select(_ => Bytes(random))];
            byte[][] points = [.. Enumerable.Range(0, lanes).Select(_ => Bytes(random))];
            byte[][] expected = [.. scalars.Zip(points, (scalar, point) => Multiply([scalar], [point], width: 1)[0])];
            points[low] = new byte[32];
            points[low][0] = (byte)(low % 2);
            expected[low] = new byte[32];
            Assert.Equal(expected, Multiply(scalars, points, width));
        }
    }

    /// <summary>Limbs of all ones and all zeros, and their neighbours: where a carry could be lost.</summary>
    [Fact]
    public void Vectors_and_words_agree_where_carries_hide()
    {
        var random = new Random(7);
        byte[][] edges = [.. Enumerable.Range(0, 256).SelectMany(bit => new[]
        {
            Encode(BigInteger.Pow(2, bit)),
            Encode(BigInteger.Pow(2, bit) - 1),
            Encode(((Prime - BigInteger.Pow(2, bit)) % Prime + Prime) % Prime),
            Encode(BigInteger.Pow(2, 256) - BigInteger.Pow(2, bit)),
        })];
        byte[][] scalars = [.. edges.Select(_ => Bytes(random))];
        Assert.Equal(Multiply(scalars, edges, width: 1), Multiply(scalars, edges, X25519.Widest));
        Assert.Equal(Multiply(edges, scalars, width: 1), Multiply(edges, scalars, X25519.Widest));
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
        Assert.Throws<ArgumentException>(() => X25519.ScalarMultMany(new byte[33], new byte[33], new byte[33]));
        Assert.Throws<ArgumentException>(() => X25519.ScalarMultMany(new byte[64], new byte[32], new byte[64]));
        Assert.Throws<ArgumentException>(() => X25519.ScalarMultMany(new byte[64], new byte[64], new byte[32]));
        Assert.Throws<ArgumentException>(() => X25519.ScalarMultBase(new byte[31], new byte[32]));
        Assert.Throws<ArgumentException>(() => X25519.ScalarMultBase(new byte[32], new byte[31]));
    }

    private static byte[][] Multiply(IEnumerable<byte[]> scalars, IEnumerable<byte[]> points, int width)
    {
        var all = scalars.SelectMany(bytes => bytes).ToArray();
        var shared = new byte[all.Length];
        X25519.ScalarMultMany(all, points.SelectMany(bytes => bytes).ToArray(), shared, width);
        return [.. shared.Chunk(32)];
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Encode(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
