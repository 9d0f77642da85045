using System;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

/// <summary>Random inputs, ours against libcrypto. Seeds are fixed: a failure repeats.</summary>
public sealed class LibCryptoTests
{
    private readonly Random _random = new(20261121);

    public LibCryptoTests() => Assert.SkipUnless(LibCrypto.IsPresent, LibCrypto.Absent);

    [Fact]
    public void Blake2s_is_the_same()
    {
        for (var length = 0; length < 400; length++)
        {
            var data = Bytes(length);
            var digest = new byte[32];
            Blake2s.Hash(data, digest);
            Assert.Equal(LibCrypto.Blake2s256(data), digest);
        }
    }

    [Fact]
    public void X25519_is_the_same()
    {
        for (var i = 0; i < 1000; i++)
        {
            byte[] scalar = Bytes(32), point = Bytes(32), shared = new byte[32];

            // Long runs of ones and zeros are where carries hide.
            if (i % 4 == 1)
                Array.Fill(point, (byte)0xff, i % 31, 31 - (i % 31));
            if (i % 4 == 2)
                Array.Clear(point, i % 31, 31 - (i % 31));
            var expected = LibCrypto.X25519(scalar, point);
            Assert.Equal(expected is not null, X25519.TryScalarMult(scalar, point, shared));
            Assert.Equal(expected ?? new byte[32], shared);
        }
    }

    [Fact]
    public void ChaCha20Poly1305_is_the_same()
    {
        for (var i = 0; i < 1000; i++)
        {
            byte[] key = Bytes(32), nonce = Bytes(12);
            byte[] associated = Bytes(_random.Next(4) == 0 ? _random.Next(100) : 0), plaintext = Bytes(_random.Next(5000));
            var expected = LibCrypto.SealChaCha20Poly1305(key, nonce, associated, plaintext);
            var sealedText = new byte[plaintext.Length + 16];
            ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText);
            Assert.Equal(expected, sealedText);
        }
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
