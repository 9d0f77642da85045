using System;
using System.Text;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class ChaCha20Poly1305Tests
{
    private const string Sunscreen =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";

    [Fact]
    public void Seals_and_opens_as_RFC_8439_2_8_2()
    {
        var key = Hex.Bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        var nonce = Hex.Bytes("070000004041424344454647");
        var associated = Hex.Bytes("50515253c0c1c2c3c4c5c6c7");
        var plaintext = Encoding.ASCII.GetBytes(Sunscreen);
        var sealedText = new byte[plaintext.Length + 16];
        ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText);
        Assert.Equal(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b" +
            "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc" +
            "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691",
            Hex.Text(sealedText));

        var opened = new byte[plaintext.Length];
        Assert.True(ChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened));
        Assert.Equal(plaintext, opened);
    }

    [Fact]
    public void Makes_a_block_as_RFC_8439_2_3_2()
    {
        Span<uint> state = stackalloc uint[16];
        Span<byte> block = stackalloc byte[64];
        ChaCha20.Start(
            state, Hex.Bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), 1,
            Hex.Bytes("000000090000004a00000000"));
        ChaCha20.Keystream(state, block);
        Assert.Equal(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e" +
            "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
            Hex.Text(block));
    }

    [Fact]
    public void Makes_a_tag_as_RFC_8439_2_5_2()
    {
        var tag = new byte[16];
        Poly1305.Mac(
            Hex.Bytes("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"),
            "Cryptographic Forum Research Group"u8, tag);
        Assert.Equal("a8061dc1305136c6c22b8baf0c0127a9", Hex.Text(tag));
    }
}
