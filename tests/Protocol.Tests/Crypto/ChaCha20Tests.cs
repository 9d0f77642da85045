using System;
using System.Linq;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class ChaCha20Tests
{
    public static TheoryData<int> Widths => ChaCha20Poly1305Tests.Widths;

    [Fact]
    public void Makes_a_block_as_RFC_8439_2_3_2()
    {
        Span<uint> state = stackalloc uint[16];
        Span<byte> block = stackalloc byte[64];
        ChaCha20.Start(
            state, Hex.Bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), 1,
            Hex.Bytes("000000090000004a00000000"));
        ChaCha20.Keystream(state, block, VectorWidth.Scalar);
        Assert.Equal(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e" +
            "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
            Hex.Text(block));
        Assert.Equal(2u, state[12]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_width_makes_the_same_blocks_also_where_the_counter_turns_over(int width)
    {
        var words = Enumerable.Range(0, 16).Select(i => (uint)(i * 0x9e3779b9)).ToArray();
        foreach (var counter in new[] { 0u, 1u, uint.MaxValue - 5 })
        {
            for (var blocks = 0; blocks <= 40; blocks++)
            {
                byte[] expected = new byte[64 * blocks], stream = new byte[64 * blocks];
                words[12] = counter;
                ChaCha20.Keystream(words, expected, VectorWidth.Scalar);
                var after = words[12];
                words[12] = counter;
                ChaCha20.Keystream(words, stream, (VectorWidth)width);
                Assert.Equal(expected, stream);
                Assert.Equal(after, words[12]);
            }
        }
    }
}
