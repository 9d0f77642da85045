using System;
using System.Text;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class XChaCha20Poly1305Tests
{
    [Fact]
    public void Derives_a_key_as_the_draft_2_2_1()
    {
        var derived = new byte[32];
        ChaCha20.DeriveKey(
            Hex.Bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            Hex.Bytes("000000090000004a0000000031415927"), derived);
        Assert.Equal("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc", Hex.Text(derived));
    }

    [Fact]
    public void Seals_and_opens_as_the_draft_A_3_1()
    {
        var key = Hex.Bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        var nonce = Hex.Bytes("404142434445464748494a4b4c4d4e4f5051525354555657");
        var associated = Hex.Bytes("50515253c0c1c2c3c4c5c6c7");
        var plaintext = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " +
            "sunscreen would be it.");
        var sealedText = new byte[plaintext.Length + 16];
        XChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText);
        Assert.Equal(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39" +
            "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9" +
            "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49",
            Hex.Text(sealedText));

        var opened = new byte[plaintext.Length];
        Assert.True(XChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened));
        Assert.Equal(plaintext, opened);
        sealedText[^1] ^= 1;
        Assert.False(XChaCha20Poly1305.TryOpen(key, nonce, associated, sealedText, opened));
    }

    [Fact]
    public void Refuses_other_lengths_of_key_and_nonce()
    {
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(new byte[31], new byte[24], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(new byte[32], new byte[12], [], [], new byte[16]));
    }
}
