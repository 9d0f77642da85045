using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class ChaCha20Poly1305Tests
{
    private readonly Random _random = new(8439);

    /// <summary>Every width runs everywhere: where the processor lacks it, the runtime computes it with what there is.</summary>
    public static TheoryData<int> Widths => new(Enum.GetValues<VectorWidth>().Select(width => (int)width));

    private static IEnumerable<int> Lengths =>
        Enumerable.Range(0, 301).Concat(Enumerable.Range(500, 30)).Concat(Enumerable.Range(1000, 40))
            .Concat(Enumerable.Range(1400, 40)).Concat([2047, 2048, 2049, 4096, 9000, 65535]);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Seals_and_opens_as_RFC_8439_2_8_2(int width)
    {
        var key = Hex.Bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        var nonce = Hex.Bytes("070000004041424344454647");
        var associated = Hex.Bytes("50515253c0c1c2c3c4c5c6c7");
        var plaintext = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " +
            "sunscreen would be it.");
        var sealedText = new byte[plaintext.Length + 16];
        ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText, (VectorWidth)width);
        Assert.Equal(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b" +
            "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc" +
            "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691",
            Hex.Text(sealedText));

        var opened = new byte[plaintext.Length];
        Assert.True(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened, (VectorWidth)width));
        Assert.Equal(plaintext, opened);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length_seals_as_the_scalar_code_and_opens_again_in_place_and_apart(int width)
    {
        byte[] key = Bytes(32), nonce = Bytes(12);
        foreach (var length in Lengths)
        {
            byte[] plaintext = Bytes(length), associated = Bytes(length % 40);
            byte[] expected = new byte[length + 16], sealedText = new byte[length + 16], opened = new byte[length];
            ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, expected, VectorWidth.Scalar);
            ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText, (VectorWidth)width);
            Assert.Equal(expected, sealedText);
            Assert.True(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened, (VectorWidth)width));
            Assert.Equal(plaintext, opened);

            byte[] buffer = [.. plaintext, .. new byte[16]];
            ChaCha20Poly1305.Seal(key, nonce, associated, buffer.AsSpan(0, length), buffer, (VectorWidth)width);
            Assert.Equal(expected, buffer);
            Assert.True(ChaCha20Poly1305.TryOpen(
                key, nonce, associated, buffer, buffer.AsSpan(0, length), (VectorWidth)width));
            Assert.Equal(plaintext, buffer[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Writes_nothing_beside_its_output(int width)
    {
        byte[] key = Bytes(32), nonce = Bytes(12);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 63, 64, 65, 447, 448, 449, 959, 960, 961, 1420, 2048 })
        {
            var plaintext = Bytes(length);
            var guarded = Bytes(length + 16 + 128);
            var before = (byte[])guarded.Clone();
            ChaCha20Poly1305.Seal(key, nonce, [], plaintext, guarded.AsSpan(64, length + 16), (VectorWidth)width);
            Assert.Equal(before[..64], guarded[..64]);
            Assert.Equal(before[^64..], guarded[^64..]);

            var sealedText = guarded[64..^64];
            var opened = (byte[])before.Clone();
            Assert.True(ChaCha20Poly1305.TryOpen(
                key, nonce, [], sealedText, opened.AsSpan(64, length), (VectorWidth)width));
            Assert.Equal(before[..64], opened[..64]);
            Assert.Equal(before[(64 + length)..], opened[(64 + length)..]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1420)]
    public void Refuses_a_tag_with_any_bit_turned_and_leaves_zeros(int length)
    {
        byte[] key = Bytes(32), nonce = Bytes(12), sealedText = new byte[length + 16], opened = new byte[length];
        ChaCha20Poly1305.Seal(key, nonce, [], Bytes(length), sealedText);
        for (var bit = 0; bit < 128; bit++)
        {
            sealedText[length + bit / 8] ^= (byte)(1 << (bit % 8));
            Array.Fill(opened, (byte)0xaa);
            Assert.False(ChaCha20Poly1305.TryOpen(key, nonce, [], sealedText, opened));
            Assert.True(opened.AsSpan().IndexOfAnyExcept((byte)0) < 0);
            sealedText[length + bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(ChaCha20Poly1305.TryOpen(key, nonce, [], sealedText, opened));
    }

    [Fact]
    public void Refuses_a_change_of_any_byte_of_key_nonce_associated_data_or_ciphertext()
    {
        byte[] key = Bytes(32), nonce = Bytes(12), associated = Bytes(20), sealedText = new byte[300 + 16];
        var opened = new byte[300];
        ChaCha20Poly1305.Seal(key, nonce, associated, Bytes(300), sealedText);
        foreach (var part in new[] { key, nonce, associated, sealedText })
        {
            for (var i = 0; i < part.Length; i++)
            {
                part[i] ^= 0x10;
                Assert.False(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened));
                part[i] ^= 0x10;
            }
        }

        Assert.False(ChaCha20Poly1305.TryOpen(key, nonce, associated.AsSpan(0, 19), sealedText, opened));
        Assert.False(ChaCha20Poly1305.TryOpen(key, nonce, [.. associated, 0], sealedText, opened));
        Assert.False(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText.AsSpan(0, 315), opened.AsSpan(0, 299)));
        Assert.True(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened));
    }

    [Fact]
    public void A_text_shorter_than_a_tag_does_not_open()
    {
        for (var length = 0; length < 16; length++)
            Assert.False(ChaCha20Poly1305.TryOpen(new byte[32], new byte[12], [], new byte[length], []));
    }

    [Fact]
    public void Refuses_wrong_lengths_and_overlap_by_halves()
    {
        byte[] key = new byte[32], nonce = new byte[12], buffer = new byte[100];
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305.Seal(new byte[31], nonce, [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305.Seal(key, new byte[8], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305.Seal(key, nonce, [], new byte[1], new byte[16]));
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305.Seal(key, nonce, [], [], new byte[15]));
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305.TryOpen(key, nonce, [], new byte[16], new byte[1]));
        Assert.Throws<ArgumentException>(
            () => ChaCha20Poly1305.Seal(key, nonce, [], buffer.AsSpan(0, 40), buffer.AsSpan(8, 56)));
        Assert.Throws<ArgumentException>(
            () => ChaCha20Poly1305.TryOpen(key, nonce, [], buffer.AsSpan(8, 56), buffer.AsSpan(0, 40)));
    }

    [Fact]
    public void Allocates_nothing()
    {
        byte[] key = Bytes(32), nonce = Bytes(12), plaintext = Bytes(1420), sealedText = new byte[1436];
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                ChaCha20Poly1305.Seal(key, nonce, [], plaintext, sealedText);
                ChaCha20Poly1305.TryOpen(key, nonce, [], sealedText, plaintext);
                Primitives.Managed.Seal(key, 1, plaintext, sealedText);
                Primitives.Managed.Open(key, 1, sealedText, plaintext);
            }

            if (round > 0)
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void Transport_packets_have_a_nonce_of_four_zeros_and_the_counter()
    {
        byte[] key = Bytes(32), plaintext = Bytes(64), expected = new byte[80], sealedText = new byte[80];
        ChaCha20Poly1305.Seal(key, Hex.Bytes("00000000 efcdab8967452301"), [], plaintext, expected);
        Primitives.Managed.Seal(key, 0x0123456789abcdef, plaintext, sealedText);
        Assert.Equal(expected, sealedText);
        Assert.True(Primitives.Managed.Open(key, 0x0123456789abcdef, sealedText, plaintext));
        Assert.False(Primitives.Managed.Open(key, 0x0123456789abcdee, sealedText, plaintext));
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
